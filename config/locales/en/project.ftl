# The project's page.
project-month-of = month { $month } of { $months }
project-done-of = { $done } of { $all }
project-late = { $count ->
    [one] 1 is late
   *[other] { $count } are late
}
project-none-late = none is late
project-paid = Paid
project-accepted = { $amount } of costs accepted
project-on-this-page = On this page
project-plan = Plan
project-log = Log
project-budget-title = Budget and costs
project-legend-nearly = over 95%
project-legend-time = time gone, { $share }
project-heading = Heading
project-details = Details
project-indicator = Indicator
project-now = Now
project-plan-title = Plan and progress
project-plan-region = Plan by month, scrolls sideways
project-today = today
project-activity = Activity
project-months = months { $months }
project-report = Report
project-settle-text = The final report is approved and nothing more is owed. What was not paid goes back to the round.
project-settle = Close the contract
project-log-sent = Contract sent for signature
project-log-signed = Signed by the beneficiary
project-log-activated = Contract in force
project-log-ended = Implementation period over
project-log-closed = Contract closed
project-log-submitted = Report submitted
project-log-returned = Report returned with a question
project-log-decided = Report decided
project-log-approved = Payment approved by two persons
project-log-paid = Payment sent
project-log-confirmed = Payment confirmed
project-entered-at = { $entered } at { $time } of the time
project-legend-entered = used
project-used = Budget used
project-used-without = Entered { $entered }, of it { $refused } not accepted
