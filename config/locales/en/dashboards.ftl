# The office's board, letters and log.
board-title = Board of the round
board-lede-open = { $count ->
    [one] 1 application so far. The call is open until { $closes }.
   *[other] { $count } applications so far. The call is open until { $closes }.
}
board-lede-closed = { $count ->
    [one] 1 application. The call has closed.
   *[other] { $count } applications. The call has closed.
}
board-lede-opens = The call is published and opens on { $opens }; it closes on { $closes }.
board-lede-draft = The call is a draft and not published yet. It is to open on { $opens } and to close on { $closes }.
board-lede-cancelled = { $count ->
    [one] 1 application. The call was cancelled.
   *[other] { $count } applications. The call was cancelled.
}
board-closed = The call closed
board-export = Save as CSV
board-check-next = Check the next one
board-stages = Stages of the round
board-stage-call = Call
board-stage-check = Administrative evaluation
board-stage-evaluation = Evaluation
board-stage-award = Award
board-stage-contracts = Contracts
board-stage-projects = Projects
board-until = until { $day }
board-by = by { $day }
board-part = { $part } of { $whole }
board-projects = { $running } running, { $over } over
board-submitted = Submitted
board-of-started = of { $started } started
board-checked = Checked
board-passed-and-not = { $passed } passed, { $not } did not
board-waiting = Waiting for an answer
board-due-soon = { $count ->
    [0] none due by tomorrow
    [one] 1 due by tomorrow
   *[other] { $count } due by tomorrow
}
board-asked-for = Asked for
board-times = { $times } times the { $envelope }
board-queue = Applications
board-search = Search by code, organisation or title
board-search-hint = R3-17, organisation, title
board-filter = Filter by state
board-empty = No application has arrived in this state yet.
board-found-nothing = Nothing found for “{ $search }”. Try a part of the name or the code.
board-application = Application
board-municipality = Municipality
board-checklist = Checklist
board-state = State
board-with = With
board-withdrawn = Withdrawn
board-arrived = Arrived
board-nobody = Nobody yet
board-due-past = the time is over
board-by-urgency = The most urgent first: what has waited longest, then what is due soonest.
board-to-code = Sort by code
board-by-code = By code.
board-to-urgency = Sort by urgency
board-rows = { $first } to { $last } of { $total }
board-aside = Deadlines, funnel, workload
board-deadlines = Deadlines
board-closes = The call closes
board-answers-due = { $count ->
    [one] 1 answer from an applicant
   *[other] { $count } answers from applicants
}
board-funnel = Funnel so far
board-funnel-started = Started
board-funnel-submitted = Submitted
board-funnel-checked = Checked
board-funnel-passed = Passed
board-funnel-evaluated = Evaluated
board-funnel-above = Above the threshold
board-funnel-awarded = Awarded
board-funnel-contracted = Contracted
board-work = Who has what
board-places = By municipality
board-places-of = { $submitted ->
    [one] 1 application from { $places } of { $all } municipalities.
   *[other] { $submitted } applications from { $places } of { $all } municipalities.
}
board-places-without = None from { $names }.
letters-lede = Every letter that the fund decided to send, what became of it, and its exact text.
letters-empty = There are no letters here.
letters-subject = Subject
letters-to = To
letters-when = Decided
letters-sent = Sent
letters-code = Kind
letters-attempts = Attempts
letters-answer = The mail server's answer
letters-body = The letter
letters-try-again = Try again
letters-tried-again = The letter waits for its next try.
letters-state-waiting = Waiting
letters-state-sent = Sent
letters-state-failed = Not delivered
letters-reason-not-failed = Only a letter that was given up can be tried again.
log-title = Log
log-lede = Who did what and when. Each entry carries the fingerprint of the one before, so that none can be changed or taken out unseen.
log-check = Check the chain
log-whole = Checked now, on { $at }: the chain is unbroken, every entry is as it was written.
log-broken = The chain is broken at entry { $seq }. From there on the log can't be trusted.
log-empty = Nothing has happened yet.
log-number = Entry
log-who = Who
log-what = What
log-seal = Fingerprint
board-assignments = Evaluators
board-ranking = Ranking
log-who-hint = Person
log-anybody = Anybody
log-about = Code of the application, project or round
log-kind = What happened
log-any-kind = Everything
log-from = From
log-until = Until
log-rows = { $first } to { $last } of { $total }
log-no-such-code = The fund has nothing with the code “{ $code }”. Write it as on the application, for example R1-22.
log-found-nothing = No entry fits. Take one of the filters away.
log-numbers = The number is the entry’s place in the chain of the whole installation: people’s accounts and other funds write into it too, so the numbers of one fund jump. An entry that was taken out would break the chain.
log-walked = The whole chain was checked on { $at } and was unbroken.
log-not-walked = The chain has not been checked yet; it is checked every day.
log-of-it = Only these
log-raw = The whole entry, as it is kept
log-when = When
desk-title = What waits for you
desk-nothing = Nothing waits for you now.
desk-public = The fund’s public page
desk-check = Applications to check
desk-decide-check = Proposals of the administrative evaluation to decide
desk-third-reader = Applications that need a third evaluator
desk-award = The award to decide
desk-send-contract = Contracts to send
desk-countersign = Contracts to countersign
desk-decide-report = Reports to decide
desk-approve-first = Payments to approve first
desk-approve-second = Payments to approve second
desk-send-money = Payments to send
