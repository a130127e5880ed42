"""Every limit of the server, in one place. What Granian takes in milliseconds is named so."""

#: Milliseconds for the first line and the headers, and for a kept connection that sends nothing.
HEADER_MILLISECONDS = 5_000
#: The most bytes of a first line and its headers, and of an answer on its way to one client.
#: A browser sends one or two thousand, a record system up to eight.
HEADER_BYTES = 16_384

#: The most bytes of a form. Ours hold a dozen short choices, or one line of feedback.
BODY_BYTES = 20_000
#: Seconds for a whole form to arrive. A reader on a slow phone needs one or two.
BODY_SECONDS = 10.0

#: Milliseconds for a client to take what was sent, or say that it still reads.
UNREAD_MILLISECONDS = 30_000

#: Threads that make live pages. Python uses one core, so more would only take turns; feedback may
#: keep one of them waiting for its database.
THREADS = 2
#: Requests that may wait for a thread. More than this would wait longer than a reader does.
WAITING = 400

#: Connections that wait to be accepted, and connections that a worker holds at once.
BACKLOG = 16_384
CONNECTIONS = 8_192

#: A request that takes longer than this is stuck: the slowest page takes a fraction of a second.
STUCK_SECONDS = 20.0
#: A worker says that it is well once a second. After so many seconds of silence it is replaced.
SILENT_SECONDS = 10
#: A worker that has not begun to serve after so many seconds hangs too. Without a build, on a slow
#: machine, reading and checking all content takes half a minute.
LOADING_SECONDS = 180

#: On a reload, seconds from the start of a new worker to the stop of an old one.
RELOAD_SECONDS = 10
