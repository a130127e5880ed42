// What a page looks like as it stands in a browser: its height, and whatever is hidden in it.
// Each function is called by `looking.py` with the page as it is: closed, or with every fold open.

/** Height of the page in CSS pixels. */
const height = () => Math.ceil(document.documentElement.getBoundingClientRect().height);

/** Opens every fold of the page; the menu in its head lies over the page and is left closed. */
const open = () => document.querySelectorAll("details:not(header details)")
  .forEach((fold) => { fold.open = true; });

/** Opens the menu in the head. */
const openMenu = () => document.querySelectorAll("header details")
  .forEach((fold) => { fold.open = true; });

/** Where the first element of a selector begins, in CSS pixels from the top of the page, or null. */
const startOf = (selector) => {
  const found = [...document.querySelectorAll(selector)].find((each) => each.checkVisibility());
  return found ? found.getBoundingClientRect().top + scrollY : null;
};

/** Where it ends. */
const endOf = (selector) => {
  const found = [...document.querySelectorAll(selector)].find((each) => each.checkVisibility());
  return found ? found.getBoundingClientRect().bottom + scrollY : null;
};

/** The pixels that all elements of a selector take, or 0. An element in another is counted once. */
const room = (selector) => [...document.querySelectorAll(selector)]
  .filter((each) => !each.parentElement.closest(selector))
  .map((each) => each.getBoundingClientRect())
  .reduce((sum, box) => sum + box.width * box.height, 0);

/** The text of a node on one line. */
const words = (node) => node.textContent.replace(/\s+/g, " ").trim();

/** Every text of the page that says something, with the element around it. */
const texts = (root) => {
  const found = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (words(walker.currentNode) && !parent.closest("script, style, template, noscript, option"))
      found.push([words(walker.currentNode), parent]);
  }
  return found;
};

/** Words for ears alone, cut to nothing, whose text stands for a sign that eyes see; and an address
    for paper alone, where the screen has a link. */
const forEars = (element) => element.closest(".visually-hidden, .skip-link, .on-paper");

/** An element as a fault names it: the tag, its id and its classes, and how its text begins. */
const named = (element) => {
  const id = element.id ? "#" + element.id : "";
  const classes = [...element.classList].map((each) => "." + each).join("");
  return `<${element.localName}${id}${classes}> “${words(element).slice(0, 50)}”`;
};

/** True for what is drawn, and drawn so that eyes can see it. */
const drawn = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });

/** The closed folds around an element. The summary of a fold is never inside it. */
const closedAround = (element) => {
  for (let fold = element.closest("details"); fold; fold = fold.parentElement.closest("details"))
    if (!fold.open && !element.closest("summary")?.parentElement.isSameNode(fold)) return fold;
  return null;
};

/** The texts that eyes read, with the size of their letters. Marks of sources are no text to read. */
const sizes = () => texts(document.body)
  .filter(([, parent]) => !parent.closest("sup, svg") && !forEars(parent) && parent.checkVisibility())
  .map(([text, parent]) => [text, parent, parseFloat(getComputedStyle(parent).fontSize)]);

/** Letters under the least size for anything. */
const tooSmall = (least) => [...new Set(sizes().filter(([, , size]) => size < least - 0.05)
  .map(([, parent, size]) => `${size} px: ${named(parent)}`))];

/** The share of the letters of the main part that are small print: under `body` pixels. */
const smallShare = (body) => {
  const main = sizes().filter(([, parent]) => parent.closest("main"));
  const count = (list) => list.reduce((sum, [text]) => sum + text.length, 0);
  return count(main.filter(([, , size]) => size < body - 0.05)) / (count(main) || 1);
};

/** Boxes that hold more than they show: cut off, or to be scrolled. The name of the site is its
    drawing where a screen has no room for its words, too. */
const clipped = () => [...document.querySelectorAll("body *")].filter((element) => {
  if (forEars(element) || element.closest("svg, input, textarea, select") || !element.checkVisibility())
    return false;
  const style = getComputedStyle(element);
  const shut = (value) => value !== "visible";
  const wide = shut(style.overflowX) && element.scrollWidth > element.clientWidth + 1;
  const high = shut(style.overflowY) && element.scrollHeight > element.clientHeight + 1;
  return words(element) && (wide || high) && !element.matches(".site-name");
}).map((element) => `cut off or scrolled: ${named(element)}`);

/** A page wider than the screen is scrolled sideways. */
const sideways = () => document.documentElement.scrollWidth > innerWidth
  ? [`scrolls sideways: ${document.documentElement.scrollWidth} px in ${innerWidth} px`] : [];

/** Links that are seen somewhere on the page, by where they lead. */
const linksSeen = () => new Set([...document.querySelectorAll("a[href]")]
  .filter((link) => link.checkVisibility() || closedAround(link)).map((link) => link.href));

/** True for what stands beside the page, or takes no room. */
const away = (element) => {
  const box = element.getBoundingClientRect();
  const none = box.width < 2 || box.height < 2;
  const contents = getComputedStyle(element).display === "contents";
  return !contents && (none || box.right < 0 || box.bottom + scrollY < 0);
};

/** The texts that eyes see. */
const textsSeen = () =>
  new Set(texts(document.body).filter(([, p]) => drawn(p) && !away(p)).map(([text]) => text));

/** The texts that eyes see once every box is ticked: a tick may mark something elsewhere. */
const textsSeenWhenTicked = () => {
  const boxes = [...document.querySelectorAll("input[type=checkbox]:not(:checked)")];
  boxes.forEach((box) => { box.checked = true; });
  const seen = textsSeen();
  boxes.forEach((box) => { box.checked = false; });
  return seen;
};

/** What a choice says once it is ticked. */
const saidWhenTicked = (element) => element.closest(".choice, li")?.querySelector("input:not(:checked)");

/** Text that nobody sees outside of closed folds. What `hidden` holds a script may show, if it is
    short; a link for wide screens alone must stand elsewhere, too. */
const unseen = () => {
  const shown = textsSeen().union(textsSeenWhenTicked());
  const links = linksSeen();
  const found = new Set();
  for (const [text, parent] of texts(document.body)) {
    if (forEars(parent) || parent.closest("svg") || closedAround(parent)) continue;
    if (drawn(parent) && !away(parent)) continue;
    const byScript = parent.closest("[hidden]");
    if (shown.has(text) || (byScript && words(byScript).length < 200)) continue;
    if (links.has(parent.closest("a[href]")?.href) || parent.closest(".print-only")) continue;
    if (saidWhenTicked(parent)) continue;
    found.add(`nobody sees: ${named(parent)}`);
  }
  return [...found];
};

/** A fold in a fold: what it holds is two taps away. */
const nested = () => [...document.querySelectorAll("details details")]
  .map((fold) => `a fold in a fold: ${named(fold)}`);

/** Every sentence of the main part but buttons, links to elsewhere, what is not for paper, and the
    list of sources: the marks lead there. */
const said = () => texts(document.querySelector("main"))
  .filter(([, parent]) => !parent.closest(".no-print, nav, button, .source-list"))
  .map(([text]) => text);

/** All words of the page, on one line. */
const all = () => words(document.body);
