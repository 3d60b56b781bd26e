# Words of later deadlines.
deadline-title = Deadline
deadline-is = The call closes on { $at }, Tirana time.
deadline-was = The call closed on { $at }, Tirana time.
deadline-was-published = It was published with { $from }.
deadline-decisions = What was decided
deadline-none = The deadline is the one that was published. Nobody was given more time.
deadline-for-whom = For whom
deadline-for-all = For everybody
deadline-for-one = For one applicant
deadline-what = What
deadline-by = Decided by
deadline-extend = Extend the deadline
deadline-extend-help = Only while the call is open, and only to a later instant. For everybody: whoever was told of the call or has begun to apply gets a letter with the reason. For one applicant: only they do.
deadline-extend-one-help = The call has closed. Only an applicant with a deadline of their own that has not passed can be given more time.
deadline-nipt = NIPT of the applicant
deadline-nipt-hint = Only for one applicant, as they wrote it in their request. The office sees no drafts.
deadline-until = New deadline
deadline-tirana-time = Day and hour, Tirana time
deadline-reason-hint = Applicants read it word for word: 10 to 1,000 characters.
deadline-reason-is = Reason: { $reason }
deadline-extended = The deadline was extended from { $before } to { $until }.
deadline-graced = Because of an outage from { $from } to { $to }, applications begun before the deadline are taken until { $at }. New ones cannot be begun.
deadline-was-extended = The deadline is now { $until }. { $letters ->
    [0] There was nobody to write to.
    [one] One letter is on its way.
   *[other] { $letters } letters are on their way.
}
deadline-choose-whom = Choose whom the new deadline is for.
deadline-nipt-for-all = You have written a NIPT: choose “For one applicant”, or clear it.
deadline-was-graced = { $count ->
    [one] One application may be submitted until { $until }.
   *[other] { $count } applications may be submitted until { $until }.
}
deadline-is-submitted = This organisation has submitted its application. It needs no more time; to change it, it withdraws it first.
deadline-has-passed = Their deadline was { $at }. After it nobody can be given more time; for an outage of ours there is the grace.
deadline-too-long = Nothing is waited for longer than { $days } days after the deadline: { $last } at the latest.
deadline-no-application = No organisation with this NIPT has begun an application in { $round }.
deadline-grace-title = Grace after an outage
deadline-grace-help = When our site could not be reached in the last hours, what was begun before the deadline and not submitted can be taken until a new instant. Nothing new can be begun, and what arrived in time stays as it is.
deadline-grace-decide = Decide a grace
deadline-grace-rules = The call closed on { $closed }. The outage must have fallen into the { $hours } hours before that. The new deadline is at most { $days } days after it. Everybody whose application is given time gets a letter with the reason.
deadline-grace-not-closed = The call has not closed. While it is open, extend the deadline instead.
deadline-grace-decided = The award of this round is decided, so nothing more can be taken.
deadline-grace-nobody = No application was left unsubmitted, so there is nobody to give time to.
deadline-grace-past = The new deadline is past. Name one that is still to come.
deadline-outage-from = The outage began
deadline-outage-until = The outage ended
deadline-outage-missing = Say when the outage began and ended.
deadline-outage-backwards = The outage ended before it began.
deadline-outage-goes-on = The outage has not ended. Decide when it has.
deadline-outage-elsewhere = This outage did not fall into the { $hours } hours before the deadline, { $closed }.
deadline-documented = What happened, and how it is documented
deadline-why = Why?
application-calendar = Deadline of the application: { $round } ({ $organisation })
