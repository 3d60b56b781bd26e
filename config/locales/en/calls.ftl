# Words of rounds and calls.
calls-not-a-draft = This round is no longer a draft, so it cannot be published.
calls-closes-in-the-past = It would close on { $when }, which is past. Change the dates in the programme file and import it again.
calls-already-cancelled = This round is already cancelled.
calls-too-late-to-cancel = The deadline has passed and applications are in: the round now ends with an award decision.
calls-cancel-needs-reason = Write why the round is cancelled, at least 10 characters. Applicants read it word for word.
calls-terms-are-fixed = Round { $code } is published. Its terms are a promise to applicants: they change by a corrigendum, not by an import.
