"""The hub: where students work, pair up, submit and read feedback, and where staff see how it goes.

site           where this hub's course, state, ports and programs are; everything comes from the environment
authenticator  who may log in, and the hub groups that follow from the ledger
confinement    the bubblewrap command around a server; `spawner` uses it for students, the hub for formgrader
access         who may do what: one table
desk           what the service does for one person, from values to values; `views` are its answers
service        the web service `course` around the desk: `api` answers programs, `pages` answer people
running        a whole hub as a child process;  `client` talks to it as a person's browser would
"""

DIES_WITH_PARENT = ("setpriv", "--pdeathsig", "TERM", "--")
"""Before the command of a process that the hub starts: a hub that is killed leaves no proxy behind that holds its port."""
