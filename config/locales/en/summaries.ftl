# The funder's round summary.
summaries-title = { $round }, in short
summaries-lede = { $grants ->
    [one] One grant
   *[other] { $grants } grants
} in { $places ->
    [one] one municipality
   *[other] { $places } municipalities
}, { $granted } in all. Figures as at { $at }.
summaries-funnel = From start to grant
summaries-started = Started
summaries-submitted = Submitted
summaries-passed = Passed the administrative evaluation
summaries-evaluated = Evaluated
summaries-above = Above the threshold
summaries-awarded = Awarded
summaries-contracted = Contract signed
summaries-completed = Completed
summaries-funnel-note = Percentages are shares of the step before.
summaries-withdrawn = { $count ->
    [one] One application was withdrawn; it counts
   *[other] { $count } applications were withdrawn; they count
} among those started only.
summaries-applications = Applications
summaries-from-places = from { $count ->
    [one] one municipality
   *[other] { $count } municipalities
}
summaries-grants = Grants
summaries-of-applications = { $share } of applications
summaries-granted = Granted, €
summaries-granted-figure = Granted
summaries-of-envelope = { $share } of the envelope
summaries-asked = Requested, €
summaries-paid = Paid, €
summaries-accepted = Accepted costs, €
summaries-money = Grants and amounts by size, county and theme
summaries-by-tier = By size
summaries-by-county = By county
summaries-by-municipality = By municipality
summaries-by-theme = By theme
summaries-by-heading = Costs by heading
summaries-tier = Size
summaries-county = County
summaries-municipality = Municipality
summaries-theme = Theme
summaries-heading = Heading
summaries-planned = Planned, €
summaries-share = Share
summaries-all = All
summaries-where = Where
summaries-map-title = Map: grants of this round in each municipality
summaries-no-grants = No grants yet
summaries-legend = Grants
summaries-legend-none = none
summaries-legend-more = 5 or more
summaries-how = How this is counted
summaries-how-text = A project counts once, at the municipality and theme it names first. The amounts of a project in several municipalities are cut among them to the cent. So every table has the same number of grants and the same sums. Paid is what has left the fund’s account; accepted are the costs that projects have reported and the fund has accepted.
summaries-indicators = Indicators of the projects
summaries-count-of-indicators = Indicators
summaries-baseline = Baseline
summaries-indicator-name = Indicator
summaries-unit = Unit
summaries-progress-percent = Progress, %
summaries-indicator-count = Indicators
summaries-indicators-csv = Indicators as CSV
summaries-target = Target
summaries-now = Now
summaries-progress = Progress
summaries-reached = Reached
summaries-reporting = Projects reporting
summaries-reached-of = { $reached } of { $count }
summaries-not-added = can't be added up
summaries-no-indicators = No project has signed its contract yet, so there is nothing to measure.
summaries-no-costs = No costs yet: they appear when contracts are signed.
summaries-not-named = not named
summaries-table = Table
summaries-line = Line
summaries-csv = Summary as CSV
summaries-applications-csv = Applications as CSV
summaries-accepted-figure = Costs accepted
summaries-accepted-share = { $share } of the grants
summaries-indicator = Indicator and unit
summaries-indicators-note = Each indicator with its own unit, in the language in which the project wrote it. Only values of the same indicator in the same unit are added.
summaries-in-the-other-language = in Albanian
summaries-one-by-one = The grants, one by one
summaries-one-by-one-note = All the sums above come from these rows. Each title leads to the contract and the project: there are the costs with their vouchers and who decided.
summaries-project = Project
summaries-grants-csv = Grants as CSV
summaries-costs-csv = Costs as CSV
summaries-payments-csv = Payments as CSV
summaries-entered-by = Entered by
summaries-entered-at = Entered at
summaries-decided-by = Decided by
summaries-decided-at = Decided at
summaries-address = Address
summaries-approved-at = Approved at
summaries-lede-none = No grants yet. Figures as at { $at }.
summaries-payments-list = The payments one by one
