# Words of rounds and calls.
calls-not-a-draft = This round is no longer a draft, so it cannot be published.
calls-closes-in-the-past = It would close on { $when }, which is past. Change the dates in the programme file and import it again.
calls-already-cancelled = This round is already cancelled.
calls-too-late-to-cancel = The deadline has passed and applications are in: the round now ends with an award decision.
calls-cancel-needs-reason = Write why the round is cancelled, 10 to 1,000 characters. Applicants read it word for word.
calls-terms-are-fixed = Round { $code } is published. Its terms are a promise to applicants: they change by a corrigendum. Import with --reason "why", or send the file on the round’s page.
calls-phase-draft = Draft
calls-phase-coming = Opens soon
calls-phase-open = Open now
calls-phase-closed = Closed
calls-phase-cancelled = Cancelled
calls-closes-today = Closes today
calls-closes-tomorrow = Closes tomorrow
calls-days-left = { $days } days left
calls-closes-on = Closes { $day } at { $clock }, Tirana time.
calls-months = { $most ->
    [one] { $most } month
   *[other] { $most } months
}
calls-months-range = { $least }–{ $most } months
calls-in-albanian = Albanian
calls-in-english = English
calls-or = or
calls-rounds-title = Rounds
calls-rounds-lede = Every round of the fund: when it opens and closes, its money, and the way to its work.
calls-rounds-none = There is no round yet. Write one in the programme file and import it.
calls-round = Round
calls-state = State
calls-opens = Opens
calls-closes = Closes
calls-envelope = Money
calls-total = All rounds
calls-of-fund = of { $whole } in the fund
calls-board = Board
calls-summary = Summary
calls-public-page = Public page
calls-publish = Publish this round
calls-publish-help = From the opening hour on, organisations can apply. Everybody who writes for an organisation in the area gets a letter now. After that the terms are fixed.
calls-published = { $code } is published. { $letters ->
    [0] There was nobody to write to yet.
    [one] One letter is on its way.
   *[other] { $letters } letters are on their way.
}
calls-cancel-round = Cancel this round
calls-cancel-help = Only before the deadline. It cannot be taken back.
calls-cancel-reason = Why?
calls-cancelled-notice = { $code } is cancelled.
calls-published-on = Published on { $when }
calls-terms = Terms
calls-sizes = Grant sizes
calls-size = Size
calls-grant = Grant
calls-duration = Duration
calls-payments = Payments
calls-caps = Caps
calls-caps-line = indirect { $indirect }, reserve { $reserve }, grant at most { $requested } of the total
calls-area = Municipalities
calls-legal-forms = Legal forms
calls-themes = Kinds of activity
calls-most-themes = at most { $most } for each application
calls-limits = Time limits
calls-limit-questions = Questions until
calls-limit-answers = Answers by
calls-limit-results = Results by
calls-limit-clarification = Answer to a clarification request
calls-limit-signature = Beneficiary's signature
calls-limit-report = Report after a period's end
calls-limit-complaint = Complaint after the result
calls-working-days = { $days } working days
calls-days = { $days } days
calls-documents = Documents
calls-document = Document
calls-required = Required
calls-optional = If you have it
calls-from-lead = Lead organisation
calls-from-partner = Each partner
calls-whose = From
calls-checklist = Checklist of the administrative evaluation
calls-check-question = Question
calls-check-machine = Machine looks first
calls-check-clarifiable = May be asked for
calls-grid = Scoring grid
calls-points = { $points ->
    [one] { $points } point
   *[other] { $points } points
}
calls-threshold = at least { $points }
calls-grid-line = { $readers } readers; a third one when two differ by { $gap } points or more; { $threshold } of 100 points are needed.
calls-weight = counts { $weight } times
calls-legal-form-association = association
calls-legal-form-foundation = foundation
calls-legal-form-center = center
calls-declarations = Declarations
calls-partner-declaration = Our organisation knows this project, takes part in it as a partner with the role described in our part, meets the conditions of the call, and agrees that our data are used for its evaluation.
calls-signature = Who approves the application
calls-signature-signatory = Who signs for the organisation, once it is declared ready
calls-signature-submitter = Who submits it
calls-partners-sign = Every partner must sign
calls-deadline = Deadline
calls-extended-from = extended, was { $from }
calls-extend-only-open = The deadline of a call is moved only while it is published and has not closed.
calls-extend-no-instant = Say the day and the hour of the new deadline.
calls-extend-not-later = A deadline is only moved to later: it is { $closes } now.
calls-extend-too-late = With this deadline even the shortest project would not end and report before the main contract does, on { $ends }.
calls-extend-next-opens = The fund's next round opens on { $opens }, before this deadline.
calls-extend-needs-reason = Write why, in 10 to 1,000 characters. Applicants read it word for word.
