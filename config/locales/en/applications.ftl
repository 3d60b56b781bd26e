# Applications: rules.
application-enough-of-them = In { $round } an organisation may hand in { $most ->
    [one] one application; yours
   *[other] { $most } applications; yours
} already has as many. Open it under “My applications”.
application-round-cancelled = { $round } was cancelled and takes no applications.
application-too-early = { $round } opens on { $at }.
application-too-late = { $round } closed on { $closed }. On our clock it is { $now }, Tirana time, so nothing was handed in.
application-is-submitted = This application has been submitted. Until the deadline you can withdraw it, take it up again and change it; after that it stays as it is.
application-is-withdrawn = This application was withdrawn. Take it up again to go on with it.
application-not-submitted = Only an application that has been submitted can be withdrawn.
application-not-withdrawn = Only an application that was withdrawn can be taken up again.
application-fill-in = Fill in “{ $field }”.
application-too-long = Shorten “{ $field }”: it has { $length } characters, and { $most } fit.
application-no-email = Write an e-mail address under “{ $field }”, for example zyra@organizata.al.
application-no-number = Write a whole number under “{ $field }”, for example 40.
application-no-amount = Write an amount in euros under “{ $field }”, for example 12,400.00.
application-no-nipt = Write the partner's NIPT: a letter, eight digits and a letter, for example K61827501A.
application-no-place = Choose a municipality from the list.
application-wrong-legal-form = This call does not take organisations whose legal form is “{ $form }”. If the profile has it wrong, correct it there.
application-choose-tier = Choose the size of the grant.
application-months-in-tier = A grant of size “{ $tier }” runs from { $least } to { $most } months: write how many.
application-choose-themes = Choose { $most ->
    [one] one theme
   *[other] from one to { $most } themes
} of the call.
application-choose-municipalities = Choose at least one municipality where the project takes place.
application-place-outside = { $place } is outside the area of { $round }: choose municipalities from the list.
application-no-start = Write the day on which you wish to start, for example 2018-01-01.
application-early-start = The start must be after { $day }, when the call closes.
application-no-risk = Name at least one risk, and what you will do about it.
application-three-projects = Keep the three projects that are most like this one.
application-no-team = Name at least one person of the team.
application-no-time = Write the person's share of working time as a percentage from 1 to 100.
application-add-document = Add the document “{ $document }”.
application-add-document-of = Add the document “{ $document }” of { $partner }.
application-declare = Declare: { $wording }
# Labels of fields.
application-org-registration = Court decision or entry in the register
application-org-representative = Legal representative
application-org-contact = Contact person
application-org-mission = Mission and fields of work
application-org-finances = Bookkeeping and audit
application-partner-name = Partner's name
application-partner-nipt = Partner's NIPT
application-partner-municipality = Partner's municipality
application-partner-representative = Partner's representative
application-partner-email = Partner's e-mail
application-partner-role = What the partner does in the project
application-title = Title of the project
application-tier = Size of the grant
application-months = Duration in months
application-themes = Themes
application-municipalities = Municipalities
application-starts-on = Wished start
application-summary-sq = Summary in Albanian
application-summary-en = Summary in English
application-problem = Problem and needs
application-target-groups = Target groups
application-women = Women among them
application-men = Men among them
application-beneficiaries = Final beneficiaries
application-methodology = Methodology and roles
application-monitoring = Monitoring and evaluation
application-sustainability = Sustainability
application-added-value = Added value
application-visibility = Visibility plan
application-risk = Risk
application-mitigation = What you will do about it
application-project-title = Title of the earlier project
application-project-donor = Donor
application-project-amount = Amount in euros
application-project-years = Years
application-project-role = Your role
application-member-name = Name
application-member-role = Role in the project
application-member-time = Share of working time, in %
application-declared-by = Name of the person who declares
application-declared-as = Position
application-conflicts = Ties to people of the fund or the evaluation
application-other-funding = Other requests and grants for the same action
application-say-why = Say in a few words why you withdraw it, in at most { $most } characters.
application-not-asked-for = This call does not ask for such a document.
application-no-room = All documents together may have { $megabytes } MB, and there may be { $most } of them. Remove one or send smaller scans.
# Steps.
application-step-organisation = The organisation
application-step-partners = Partners
application-step-summary = Size, place and summary
application-step-description = Description
application-step-logframe = Logframe
application-step-plan = Action plan
application-step-budget = Budget
application-step-capacity = Experience and team
application-step-attachments = Documents
application-step-declarations = Declarations
application-lede-partners = Organisations that carry out the project with you. If you have none, leave this empty and continue.
application-lede-summary = What lists, the map and the public sheet will say of your project.
application-lede-description = Why, for whom, how. You can stop at any time: everything is saved as it is.
application-lede-capacity = What you have done before, and who will do the work.
application-lede-declarations = Somebody who may sign for the organisation declares this.
application-lede-attachments = PDF, photo (JPEG, PNG), DOCX or XLSX; up to { $megabytes } MB each, { $all } MB together. A clear photo is enough.
application-hint-problem = What is wrong, for whom, in which municipality? Figures help.
application-hint-target-groups = Whom do you work with, and how many are they?
application-hint-beneficiaries = Who gains in the end?
application-hint-methodology = How you work, what each partner does, how local authorities are involved.
application-hint-monitoring = How you will know that it works.
application-hint-sustainability = What stays when the money is gone: in finances, institutions, policies.
application-hint-added-value = Gender, minorities, environment, innovation.
application-hint-visibility = How people will learn about the project and who funds it.
application-hint-tier = Sizes may touch: with an amount that fits two of them, the choice is yours.
application-hint-months = A whole number.
application-hint-starts-on = The real start comes with the contract.
application-hint-main-municipality = Where the project counts when it can count only once.
application-hint-themes = { $most ->
    [one] Choose one.
   *[other] Choose at most { $most }; the first one counts first.
}
application-hint-summary = For the funder and the public sheet of the project.
application-hint-projects = At most three, those most like this one. Leave it empty if this is your first.
application-hint-conflicts = Name the people and say what the tie is; it does not exclude you by itself. Write “None” if there is none.
application-hint-other-funding = Name donor, amount and state. Write “None” if there are none.
application-hint-declared-by = Usually the legal representative.
application-tier-range = { $from } to { $to }, { $least } to { $most } months
application-main-municipality = Main municipality
application-choose = Choose
application-partners-empty = No partners so far.
application-partner = Partner { $number }
application-add-partner = Add a partner
application-up = Move up
application-risks = Risks
application-risk-numbered = Risk { $number }
application-mitigation-numbered = What you will do about risk { $number }
application-add-risk = Add a risk
application-projects = Similar projects
application-project = Project { $number }
application-add-project = Add a project
application-team = Team
application-member = Person { $number }
application-add-member = Add a person
application-we-declare = We declare
application-to-list = Go to the list
# For reading.
application-change = Change
application-org-name = Organisation
application-org-seat = Seat
application-no-partners = No partners.
application-no-projects = No similar projects named.
application-no-papers = No documents.
application-document = Document
application-nothing-declared = Nothing declared yet.
# Documents.
application-paper-there = There
application-paper-missing = Missing
application-optional = Optional
application-choose-file = Choose a file first.
application-choose-file-label = Choose a file
application-another-file-label = Another file
application-upload = Upload
application-paper-added = “{ $name }” was added.
application-paper-removed = “{ $name }” was removed.
application-other-papers = Documents that are no longer asked for
# List and task list.
application-status-draft = Draft
application-status-submitted = Submitted
application-status-withdrawn = Withdrawn
application-untitled = Untitled application
application-none-yet = You have no applications yet. Begin one from an open call.
application-calls-of = Calls of { $fund }
application-no-organisation = To apply you need an organisation.
application-add-organisation = Add yours
application-begin-title = Begin an application
application-begin-heading = Apply in { $round }
application-begin-lede = You can write it over days, part by part. The call closes on { $until }, Tirana time.
application-which-organisation = For which organisation?
application-choose-organisation = Choose the organisation that applies.
application-begin = Begin
application-state-ready = Ready
application-state-to-fix = { $count } to fix
application-state-not-started = Not started
application-ready-of = { $ready } of { $all } parts are ready
application-left-to-do = { $fix ->
    [0] { $start ->
        [one] one part not started
       *[other] { $start } parts not started
    }
    [one] one thing to fix, { $start } not started
   *[other] { $fix } things to fix, { $start } not started
}
application-go-on-with = Go on: { $part }
application-group-who = Who and what
application-group-what = The project
application-group-proof = Experience and papers
application-group-send = Submit
application-deadline-and-help = Deadline and help
application-days-left = { $days } days left
application-hours-left = { $hours ->
    [0] Less than an hour left
    [one] One hour left
   *[other] { $hours } hours left
}
application-submit-until = Submit by { $until }, Tirana time.
application-last-hour = Don't wait for the last hour: the line can be slow that day.
application-closed = The call is closed
application-closed-on = It closed on { $at }, Tirana time.
application-who-works = Working on this
application-writes = writes
application-writes-and-signs = writes and can submit
application-invite = Invite a colleague
application-copy-and-help = Keep a copy, get help
application-the-call = The call
# Check, submission, receipt.
application-check-title = Check and submit
application-check-heading = Check your answers, then submit
application-check-lede = This is what the evaluators will read. After you submit you can't change it, but you can withdraw it and submit again until the deadline.
application-submit-heading = Submit
application-submit-as = You submit as { $person } for { $organisation }.
application-submit = Submit the application
application-not-yet = Not yet, go back
application-who-signs = Only the owner or a signatory of the organisation can submit.
application-who-withdraws = Only the owner or a signatory of the organisation can withdraw it.
application-before-submitting = Before you submit
application-all-ready = Everything is ready
application-all-ready-text = All required answers are there and all caps are kept.
application-look-at = Worth a second look
application-look-at-text = You can submit it like this.
application-until = Until { $at }
application-server-clock = Tirana time. Our server's clock decides, to the second.
application-receipt-short = Receipt
application-read-short = Application
application-we-have-it = We have your application
application-your-number = Your number is
application-copies-sent = We sent a receipt to everybody who writes for your organisation, to the contact person and to the legal representative.
application-tirana-time = { $at }, Tirana time
application-read-and-print = Read, print or save as PDF
application-what-now = What happens now
application-now-check = Administrative check
application-now-check-text = After the call closes on { $at }. If something is missing we ask you once, and you have { $days } working days.
application-now-evaluation = Evaluation
application-now-evaluation-text = { $readers } evaluators, each alone. You need { $threshold } of { $most } points.
application-now-decision = Decision
application-now-decision-text = Within { $days } days of the closing, by e-mail and here, with your points and the reasons.
application-now-contract = Contract and start
application-your-receipt = Your receipt
application-total = Total budget
application-requested = Asked of the fund
application-submitted-by = Submitted by
application-server-time = Server time
application-submission = Submission
application-fingerprint = Fingerprint
application-fingerprint-text = The fingerprint changes if anyone changes one letter. Keep it with your copy.
application-change-something = Need to change something?
application-change-text = Until { $until } you can withdraw this application, correct it and submit again. The number stays { $code }.
application-withdraw-text = The call is closed, so it can't be corrected any more. You can still withdraw it; then it is no longer evaluated.
application-withdraw = Withdraw
application-withdraw-reason = Why do you withdraw it?
application-was-withdrawn = The application was withdrawn.
application-was-taken-up = It is a draft again. Correct it and submit it before the deadline.
application-is-withdrawn-text = This application was withdrawn and will not be evaluated.
application-is-draft-again = This was submitted, withdrawn and taken up again. It is a draft now and counts only once you submit it again.
application-take-up = Take it up again
application-open = Open it
application-messages = Questions of the office
application-messages-text = If the office has a question, it comes by e-mail, and you find it in the history of the application together with your answer.
application-frozen-on = As submitted on { $at }
application-seat-outside = Your seat is in { $place }, outside the area of the fund. The administrative evaluation asks for a seat inside it. If the profile has it wrong, correct it there.
application-was-handed-in = This application was submitted once, so it is kept. Unless you submit it again, it is not evaluated.
application-cannot-apply = { $organisation } cannot apply in this call
application-in-doubt = { $organisation } can apply, but look at this first
application-look-at-profile = Look at the profile of the organisation
application-discard = Discard the draft
application-discard-heading = Discard this draft?
application-discard-text = Everything written and uploaded in it is taken away for everybody who writes for the organisation, and cannot be brought back. The profile of the organisation stays.
application-discard-not = No, keep it
application-was-discarded = The draft was discarded.
application-withdrawn-may-return = This application was withdrawn. Until { $until } you can take it up again, correct it and submit it once more under the same number.
application-history = History of the application
application-is-submitted-for-good = This application is submitted and the call is closed: it stays as it is.
application-is-contracted = There is a contract for this application, so it can't be withdrawn any more. If you can't carry it out, write to the office: it ends through the contract.
