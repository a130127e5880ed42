"""The addresses of pages that words may link to by name (`<page:sources>`)."""

#: Pages that are not Markdown but can be linked.
PAGES = {
    "home": "/",
    "get-help-now": "/get-help-now/",
    "whats-next": "/whats-next/",
    "sources": "/sources/",
    "glossary": "/glossary/",
    "options": "/options/",
    "steps": "/steps/",
    "situations": "/situations/",
    "compare": "/compare/",
    "search": "/search/",
    "changes": "/changes/",
    "clinics": "/clinics/",
    "integrator-sheet": "/clinics/integrator-sheet/",
    "test-your-link": "/clinics/test-your-link/",
    "accessibility-report": "/clinics/accessibility-report/",
}
