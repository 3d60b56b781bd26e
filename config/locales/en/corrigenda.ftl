# Words of what changes in a call while it is public.
corrigendum-title = What has changed
corrigendum-lede = Everything that changed in this call since it was published, with the reason. Whoever has begun to apply or has asked was told by letter.
corrigendum-none = Nothing has changed in this call since it was published.
corrigendum-number = Corrigendum { $number }
corrigendum-reason = Reason: { $reason }
corrigendum-what = What
corrigendum-change = Change
corrigendum-removed = removed:
corrigendum-inserted = added:
corrigendum-deadline = The deadline
corrigendum-latest = This call was changed on { $day }. { $reason }
corrigendum-all = Read what has changed ({ $count })
corrigendum-made-by = Published by { $name }, { $at }
corrigendum-correct = Correct this call
corrigendum-correct-help = Send the programme file with the round changed. You see first what it changes; nothing is public before you say why and publish. The deadline is moved on its own page.
corrigendum-file = The changed programme file
corrigendum-look = Show what it changes
corrigendum-would-change = { $count ->
    [one] One change
   *[other] { $count } changes
}
corrigendum-why = Why?
corrigendum-publish = Publish the corrigendum
corrigendum-publish-help = It holds at once. Everybody who has begun to apply or has asked gets a letter with every change.
corrigendum-was-published = Corrigendum { $number } is public. { $letters ->
    [0] There was nobody to write to.
    [one] One letter is on its way.
   *[other] { $letters } letters are on their way.
}
corrigendum-no-file = Choose the programme file: a text file in TOML.
corrigendum-fault = Line { $line }: { $text }
corrigendum-other-fund = This file says other things of the fund itself. The office corrects a call only; whoever runs the installation imports a fund.
corrigendum-no-round = This file has no round { $code }.
corrigendum-only-open = A call is corrected only while it is public and has not closed: applications were made under its terms as they are.
corrigendum-deadline-elsewhere = The deadline is { $closes }. It is moved on the deadline’s own page, with a reason of its own, not by a changed file.
corrigendum-is-opened = The day of opening cannot change once the call is open, and cannot be put into the past.
corrigendum-questions-earlier = Questions were promised until { $until }: that can only become later.
corrigendum-nothing-changed = The file says nothing else of this round than what holds.
corrigendum-narrows = “{ $what }” takes something away, and { $submitted ->
    [one] one application is
   *[other] { $submitted } applications are
} in that may rest on it. Once applications are in, terms only become wider.
corrigendum-last-days = From { $from } on applicants have no time left to follow a change of what an application says. Move the deadline first, then correct the call.
corrigendum-order = order
corrigendum-name = name
corrigendum-purpose = Purpose
corrigendum-hint = explanation
corrigendum-at-least = grant, at least
corrigendum-at-most = grant, at most
corrigendum-months-least = duration, at least
corrigendum-months-most = duration, at most
corrigendum-as-call = as for the whole call
corrigendum-languages = Languages
corrigendum-most-themes = Kinds of activity an application may name
corrigendum-per-organisation = Applications per organisation
corrigendum-trainings = Trainings
corrigendum-days-before = { $days } days before the deadline ({ $until })
corrigendum-results = Results after the deadline
corrigendum-reserve-days = Reserve list holds
corrigendum-model = ready to be printed and signed
corrigendum-evaluators-read = evaluators read it
corrigendum-check-reason = reason in the letter
corrigendum-threshold = points needed
corrigendum-weight = weight
corrigendum-part = part to read
corrigendum-anchors = what the scores mean
corrigendum-comment-at = scores that need a comment
corrigendum-readers = readers
corrigendum-gap = a third reader at a difference of
corrigendum-tie-breaks = what decides at equal points
corrigendum-evaluators-days = time for evaluators
corrigendum-signature = Whoever signs for the organisation approves the text first
corrigendum-partners-sign = Every partner signs its own declaration
corrigendum-partner-declaration = What a partner declares
corrigendum-kinds = kinds of files
corrigendum-megabytes = a file, at most
corrigendum-validity = must be valid on the closing day
