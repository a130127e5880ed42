"""Every limit of the server. Names say the unit where Granian takes milliseconds."""

#: Milliseconds for the request line and the headers, and for an idle kept-alive connection.
HEADER_MILLISECONDS = 5_000
#: The most bytes of a request line with its headers, and of a write buffer to one client.
#: A browser sends one or two thousand, a record system up to eight.
HEADER_BYTES = 16_384

#: The most bytes of a form. Ours hold a dozen short choices, or one line of feedback; a record system sends up to 8,192.
BODY_BYTES = 10_000
#: Seconds for a whole form to arrive. A reader on a slow phone needs one or two.
BODY_SECONDS = 10.0

#: Milliseconds for a client to acknowledge data sent to it.
UNREAD_MILLISECONDS = 30_000

#: Threads that make live pages. Python runs one at a time, so more would not help; one may be
#: waiting for the database of feedback.
THREADS = 2
#: Requests that may wait for a thread. More than this would wait longer than a reader does.
WAITING = 400

#: Connections that wait to be accepted, and connections that a worker holds at once.
BACKLOG = 16_384
CONNECTIONS = 8_192

#: Seconds after which a request counts as stuck. The slowest page takes a fraction of a second.
STUCK_SECONDS = 20.0
#: A worker raises its counter once a second. After so many seconds without, it is replaced.
SILENT_SECONDS = 10
#: Seconds for a worker to start. Without a build, on a slow machine, reading and checking all
#: content takes half a minute.
LOADING_SECONDS = 180

#: On a reload, seconds from the start of a new worker to the stop of an old one.
RELOAD_SECONDS = 10
