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
portal-continue-application = Continue an application
portal-opens-on = Opens on { $when }, Tirana time.
portal-no-open-call = No call is open at the moment. When one opens, organisations that work in the area get a letter.
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
portal-step-answers = All questions are answered
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
portal-start = Start an application
portal-have-account = I have an account
portal-account-first = You need an account and your organisation's profile first; both take a few minutes.
portal-for-organisation = For { $name }
portal-organisation = Organisation
portal-add-organisation = Add your organisation
portal-organisation-first = Add your organisation first, then start the application.
portal-staff-do-not-apply = You work for this fund, so you cannot apply to it.
portal-sittings = You can stop and come back; everything you typed is kept.
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
