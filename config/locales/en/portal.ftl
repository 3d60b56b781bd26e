# Words of the public pages.
portal-funds-lede = Grants that pass a donor's money on to civil-society organisations.
portal-funds-none = There is no fund here yet.
portal-state-active = Running
portal-state-ended = Ended, being settled
portal-state-closed = Finished
portal-state-terminated = Ended early
portal-map-all-none = no project in any municipality yet
portal-map-others-none = { $count ->
    [one] none yet in the other one
   *[other] none yet in the other { $count }
}
portal-map-see-table = The same figures are in the table.
portal-map-title = Map: projects awarded in each municipality
portal-map-as-table = Show the map as a table
portal-legend = Number of projects
portal-legend-none = none yet
portal-legend-more = 5 or more
portal-all = All
portal-awarded-projects = Awarded projects
portal-project = Project
portal-projects = Projects
portal-municipality = Municipality
portal-municipalities = Municipalities reached
portal-of-municipalities = of { $count } in the fund's area
portal-county = County
portal-county-of = { $county } county
portal-size = Size
portal-grant = Grant
portal-grants = Grants
portal-state = State
portal-round = Round
portal-round-code = Round { $code }
portal-theme = Kind of activity
portal-duration = Duration
portal-money-in-round = Money in this round
portal-apply-in = Apply in
portal-read-call = Read the call
portal-continue-application = Continue your application
portal-opens-on = Opens on { $when }, Tirana time.
portal-training = Free training before you apply
portal-where = Where the money went
portal-where-figures = { $projects ->
    [0] No project yet in { $all } municipalities
    [one] 1 project in { $reached } of { $all } municipalities
   *[other] { $projects } projects in { $reached } of { $all } municipalities
}
portal-by-municipality = Projects awarded by municipality
portal-in-all = In all
portal-fund-money = Sub-grant fund
portal-not-published = not published yet
portal-awarded-so-far = Awarded so far
portal-of-fund = { $share } of the fund
portal-projects-awarded = Projects awarded
portal-planned = { $count } planned
portal-filter = Filter projects
portal-some-of = { $shown } of { $all } projects
portal-all-projects = Show all projects
portal-closed-calls = Closed calls
portal-call-awarded = Awarded
portal-call-in-evaluation = Being evaluated
portal-running-since = { $projects ->
    [one] 1 project, started on { $day }.
   *[other] { $projects } projects, started on { $day }.
}
portal-results-of = Results of { $code }
portal-the-call = The call { $code }
portal-on-this-page = On this page
portal-who = Who can apply
portal-who-forms = Registered civil-society organisations with one of these legal forms: { $forms }.
portal-who-seat = { $count ->
    [one] With the seat in the municipality of the call.
   *[other] With the seat in one of the { $count } municipalities below.
}
portal-who-times = { $count ->
    [one] One application from each organisation as lead in this round.
   *[other] At most { $count } applications from each organisation as lead in this round.
}
portal-who-language = Applications are written in: { $languages }.
portal-the-municipalities = { $count ->
    [one] The municipality
   *[other] The { $count } municipalities
}
portal-what = What we fund
portal-choose-themes = { $most ->
    [one] Choose one of these kinds of activity.
   *[other] Choose up to { $most } of these kinds of activity.
}
portal-meant-for = Meant for
portal-choose-one-size = You choose one size when you start. You can change it until you submit; the budget checks follow your choice.
portal-timetable = Timetable
portal-step-opens = The call opens
portal-step-questions = Last day for questions
portal-step-answers = All answers are published by then
portal-step-answers-more = for everybody alike
portal-step-deadline = Deadline
portal-step-results = Results, at the latest
portal-step-results-more = to every applicant, with points and comments
portal-step-today = You are here
portal-today = today
portal-tirana-time = Tirana time
portal-budget-rules = Budget rules
portal-cap-indirect = Indirect costs, at most
portal-cap-reserve = Reserve, at most
portal-cap-requested = Grant, at most
portal-caps-explained = Indirect costs and the reserve are shares of the direct costs; the grant is a share of the total budget. The form checks these for you.
portal-scoring = How we score
portal-scoring-explained = { $readers } evaluators score each application on their own. You need { $threshold } of 100 points; grants go down the list until the money ends.
portal-needed = Needed
portal-what-you-declare = What you declare
portal-apply = Apply
portal-closes-by-itself = The form closes by itself.
portal-see-application = See your application
portal-start = Start an application
portal-have-account = I have an account
portal-account-first = You need an account and your organisation's profile first; both take a few minutes.
portal-for-organisation = For { $name }
portal-organisation = Organisation
portal-add-organisation = Add your organisation
portal-organisation-first = Add your organisation first, then start the application.
portal-staff-do-not-apply = You work for this fund, so you cannot apply to it.
portal-sittings = You can stop and come back later, from any device. The bar at the bottom of each part says when it was last saved.
portal-closed-on = The call closed on { $when }.
portal-cancelled = This call was cancelled before its deadline.
portal-have-ready = Have these ready
portal-nothing-found = No project fits. Try fewer words, or choose “All” somewhere.
portal-no-projects = There are no projects yet. They appear here when their contracts are signed.
portal-from-to = { $from }–{ $to } of { $total }
portal-total-budget = Total budget
portal-overall-objective = Overall objective
portal-specific-objective = { $count ->
    [one] Specific objective
   *[other] Specific objectives
}
portal-expected-results = Expected results
portal-target-groups = Target groups
portal-beneficiaries = Final beneficiaries
portal-main-activities = Main activities
portal-result = Result { $number }
portal-implemented-by = Implemented by
portal-partner = partner
portal-signatory-approves = Before it is submitted, the application is declared ready and approved by somebody who signs for the organisation: plan time for that.
portal-partners-sign = Every partner signs its own declaration here, on your invitation, before the application is submitted.
portal-location = Location
portal-place = Municipality of { $municipality }, Region of { $county }
portal-results-lede = What came of each round, in figures. Only those who were awarded are named.
portal-results-none = No round has been published yet.
portal-results-title = Results: { $name }
portal-decided = Decided
portal-awarded-money = Awarded
portal-result-sentence = { $grants ->
    [one] One organisation got { $money }, in { $reached ->
        [one] one municipality
       *[other] { $reached } municipalities
    }.
   *[other] { $grants } organisations got { $money }, in { $reached ->
        [one] one municipality
       *[other] { $reached } municipalities
    }.
} Decided on { $day }.
portal-result-waiting = { $received ->
    [0] The round is closed; no application came in.
    [one] One application came in and is being evaluated.
   *[other] { $received } applications came in and are being evaluated.
} Results come by { $when } at the latest.
portal-result-open = The round takes applications until { $when }. Results come after that.
portal-funnel = From application to grant
portal-funnel-received = Applications
portal-funnel-passed = Passed the administrative evaluation
portal-funnel-above = Reached the points needed
portal-funnel-awarded = Awarded
portal-by-size = Grants by size
portal-share-awarded = { $share } awarded
portal-awarded-list = Who was awarded
portal-only-awarded = Organisations that were not awarded are not named.
portal-inside = Spending, reports and payments of this project
portal-help = Help
portal-help-lede = How to apply, what to do when something does not work, and whom to ask.
portal-help-how = How to apply
portal-help-how-account = Open an account with your e-mail address. A letter with a link comes to confirm it.
portal-help-how-organisation = Add your organisation with its NIPT, once. Its profile is used in every application.
portal-help-how-draft = Start the application from the call and fill in its ten parts in any order. A part is saved with its buttons and usually also by itself while you write; the bar at the bottom says when it was last saved.
portal-help-how-send = “Check and submit” shows what is missing. The owner of the account or a signatory of the organisation submits.
portal-help-how-after = After submission the receipt comes with the number of the application. Until the deadline you can withdraw it, change it and submit it again.
portal-help-stuck = When something does not work
portal-help-stuck-letter = The letter does not come: look into your spam folder, then ask for a new link on the sign-in page.
portal-help-stuck-password = You forgot your password: ask for a link by e-mail on the sign-in page; no password is needed.
portal-help-stuck-two = Somebody else writes in the same part: the work of both is kept. If you changed the same box, the page shows you both and you choose.
portal-help-stuck-signed-out = You were signed out while writing: your text stays on the page and on your device; sign in again and it is saved.
portal-help-stuck-slow = The connection is slow or breaks: what you write stays on your device until it is saved. All the same, submit some hours before the deadline.
portal-help-contact = Whom to ask
portal-help-contact-text = For the call, its terms and your application, ask the office of the fund.
portal-privacy = Privacy
portal-privacy-lede = What is kept about you, who sees it, and for how long.
portal-privacy-what = What is kept
portal-privacy-what-person = For every person with an account: name, e-mail, telephone if you give it, language, and from which device and internet address they signed in. A password is kept only in a form that cannot be read.
portal-privacy-what-organisation = For every organisation: its profile, with the names and e-mail addresses of its representative and its contact person.
portal-privacy-what-application = For every application and project: everything that you write and upload, the names of the team among it; the letters that are sent to you.
portal-privacy-what-log = A log of what was done: who did what, and when.
portal-privacy-who = Who sees it
portal-privacy-who-draft = A draft: only those who write for your organisation.
portal-privacy-who-submitted = A submitted application: the office of the fund, its assigned evaluators who have declared impartiality, and the audit. The funder sees the figures of the rounds and the projects with a grant.
portal-privacy-who-public = Everybody: only projects with a grant, with their title, organisation, summary, place and amount.
portal-privacy-who-nobody = Nobody else. The site loads nothing from third parties and tracks nobody.
portal-privacy-long = For how long
portal-privacy-long-sessions = Your sign-in ends when you sign out, or after 30 days without use (12 hours for those who work for the fund).
portal-privacy-long-draft = A draft is kept until you submit or discard it. When it is discarded its text is deleted; nobody can open its uploaded files through the site any more.
portal-privacy-long-submitted = What was submitted, and what belongs to a grant, is kept for as long as the fund must account for it to its funder; the program does not delete it by itself.
portal-privacy-long-log = The log is neither changed nor shortened: it proves how decisions were made.
portal-privacy-cookies = Cookies
portal-privacy-cookies-text = Only those that are needed: for signing in, for protecting forms, for a form that waits for you to sign in, for the notice after something was done, for the language and for the appearance. None of them tracks you.
portal-privacy-rights = To see, correct or delete your data, write to the office of the fund. You change your name, telephone and language yourself in your account.
portal-none-open = No call is open now
portal-none-yet = The first call will be published here
portal-none-decided = { $projects ->
    [0] The results are out.
    [one] The grants are awarded: 1 project.
   *[other] The grants are awarded: { $projects } projects.
}
portal-none-evaluated = The applications are being evaluated; the results come by { $day }. Applicants get a letter at each step.
portal-hear = How to hear of the next call
portal-hear-text = The next call is published on this page. Organisations that have an account and work in the area get a letter on the day it opens.
portal-hear-register = Register your organisation
portal-hear-ask = Ask the office
portal-as-csv = The list as CSV
portal-starts = Starts
portal-ends = Ends
portal-address = Address
portal-calendar = Call closes: { $call }
portal-into-calendar = Put the deadline into my calendar
portal-for-you = For you: { $at }
self-check-title = May we apply?
self-check-lede = Five questions about { $call }, before you open an account. Answer those you can; the answers come from the same rules that check an application.
self-check-seat = Municipality of your seat
self-check-seat-hint = As in the court register.
self-check-place = Municipality where the project would work
self-check-place-hint = If there are several, ask for each.
self-check-choose = Choose
self-check-amount = Grant you would ask for, in euros
self-check-months = Duration in months
self-check-ask = Show the answer
self-check-back = Back to the call
self-check-nothing-kept = Nothing of this is kept.
self-check-yes = Nothing speaks against it
self-check-doubt = You may apply, but one thing would be asked
self-check-no = Not like this
self-check-to-the-call = Go on to the call
self-check-form-fits = The call takes organisations of this form: { $form }.
self-check-seat-fits = { $place } lies in the area of the fund.
self-check-place-fits = Projects in { $place } may be funded.
self-check-place-outside = { $place } is outside the area of { $round }: the project must work in a municipality of the call.
self-check-tier-fits = Amount and duration fit this size: { $tiers }.
self-check-no-tier = No size of grant fits this amount and duration. There are: { $sizes }.
self-check-bad-amount = Write the amount in digits, for example 8500.
self-check-bad-months = Write the months as a whole number, for example 10.
portal-privacy-who-question = A question about a call: everybody reads it with its answer, in words from which the office has taken names out. Who asked, only the office sees.
portal-privacy-long-test = A test of a form is deleted when you throw it away, and 30 days after its call has closed at the latest.
