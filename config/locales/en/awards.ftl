# Ranking and award.
awards-outcome-awarded = Awarded
awards-outcome-reserve = Reserve list
awards-outcome-below = Below the threshold
awards-outcome-passed-over = Left out
awards-outcome-lapsed = Lapsed
awards-proposed-awarded = Fits
awards-unchecked = { $count ->
    [one] 1 application is still in administrative evaluation. Decide it first.
   *[other] { $count } applications are still in administrative evaluation. Decide them first.
}
awards-unsettled = { $count ->
    [one] 1 application that passed is not evaluated yet. All sheets must be signed first.
   *[other] { $count } applications that passed are not evaluated yet. All sheets must be signed first.
}
awards-nothing-ranked = No application is evaluated yet, so there is nothing to decide.
awards-no-reasons = Write the reasons of the decision. They stay in the log and in the minutes.
awards-over-cap = { $code }: with this grant the organisation would have more than the fund gives to one organisation. Lower the amount or leave it out, with the reason.
awards-change-below = { $code } is below a threshold, so there is nothing to change.
awards-no-note = { $code }: write why you change it
awards-above-request = { $code }: an award can be lower than what was asked for, never higher. At most { $requested }
awards-no-amount = { $code }: enter an amount, for example 12,500
awards-bad-amount = { $code }: “{ $typed }” is no amount. Write for example 12,500.00
awards-unknown-code = There is no ranked application { $code } in this round
awards-twice = { $code } is there twice. Put both changes into one line
awards-not-in-reserve = This application is not on the reserve list.
awards-not-first = Another application is higher on the reserve list. It moves up first.
awards-no-money = This application asks for { $amount }; { $free } is free.
awards-reserve-over = The reserve list of this round is over.
awards-withdrawn = This application was withdrawn.
awards-no-reason = Write the reason
awards-not-awarded = This application is not awarded.

awards-title = Ranking and award, { $round }
awards-lede = { $evaluated ->
    [one] 1 application evaluated
   *[other] { $evaluated } applications evaluated
}, { $eligible } at or above every threshold, the envelope covers { $fit }.
awards-decided-lede = Decided on { $moment } by { $name }.
awards-empty = No application of this round is evaluated yet. The ranking appears with the first two signed sheets.
awards-draft = Not decided
awards-envelope = Envelope { $amount }
awards-in-grants = { $count ->
    [one] in 1 grant
   *[other] in { $count } grants
}
awards-left = { $amount } left
awards-envelope-label = Each grant as a piece of the envelope, in rank order; { $percent } is used
awards-used = { $percent } of the envelope
awards-tier-sum = { $count } { $tier }, { $amount }
awards-caption = Ranked applications
awards-column-rank = Rank
awards-column-application = Application
awards-column-place = Municipality
awards-column-readers = Evaluators
awards-column-points = Points
awards-column-grant = Grant, €
awards-column-running = Running total, €
awards-column-decision = Decision
awards-line = Here the money ends: { $amount }
awards-line-more = { $left } left; the next project asks for { $next }. The reserve list follows.
awards-threshold-line = { $points } points needed
awards-threshold-more = Below this line an application can't be funded.
awards-gap = { $points } points apart
awards-over-cap-tag = Over the organisation's cap
awards-asked = asked { $amount }
awards-spread-from = { $low } to { $high }
awards-third = three evaluators
awards-waiting-title = Not complete
awards-ties-title = Ties
awards-ties = At equal points, the higher score goes first in: { $sections }. Then the lower request, then the earlier submission.
awards-line-rule = The money goes from the top. It stops at the first application that it can’t cover; no later, smaller one overtakes.
awards-who-title = Who decides
awards-director = Director
awards-waiting = Waiting
awards-decide-title = Decide
awards-decide-lede = The ranking is decided as it stands, with your changes. Every applicant gets a letter at once: award, reserve list, or not selected with the scores.
awards-changes-title = Changes
awards-changes-hint = To grant less than what was asked, or to leave an application out, write its code and the reason. The money that becomes free goes to the next in rank.
awards-change-code = Code
awards-change-amount = Amount, €
awards-change-skip = Leave out
awards-change-note = Reason
awards-change-row = Change { $number }
awards-add-change = Add a change
awards-show-effect = Show the effect
awards-reasons = Reasons of the decision
awards-reasons-hint = For the minutes and the log. Applicants do not read this.
awards-decide = Decide and send the letters
awards-effect-note = This is what your changes lead to. Nothing is decided yet.
awards-effect-changed = The ranking is not the one that you saw. Look at it as it is now, then decide.
awards-decided-notice = Decided. The letters are on their way.
awards-too-late-title = The decision was made already
awards-too-late = { $name } decided this round on { $moment }. What you typed changed nothing.
awards-reasons-title = Reasons
awards-promote-title = Move up from the reserve list
awards-promote-lede = { $free } is free. { $code } is first on the reserve list and asks for { $amount }. The list holds until { $until }.
awards-promote = Award { $code }
awards-promoted-notice = Awarded. The applicant has a letter.
awards-promote-reason = Reason
awards-promote-hint = Why the money is free. It stays in the log.
awards-promote-over = The reserve list ended on { $until }: nobody moves up any more. { $free } stays free.
awards-withdrawn-note = The application was withdrawn on { $day }, before its contract.
awards-awaited = { $count ->
    [one] 1 application has a deadline of its own that has not passed. Wait until it has.
   *[other] { $count } applications have a deadline of their own that has not passed. Wait until it has.
}
awards-gap-one = 1 point apart
awards-change-note-hint = The applicant reads it word for word in their letter.
