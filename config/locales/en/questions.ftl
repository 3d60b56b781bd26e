# Words of the questions about a call.
question-title = Questions and answers
question-lede = What others asked about this call, and the office’s answers. They hold for everybody alike; who asked is named nowhere.
question-answers = { $count ->
    [0] Answers
    [one] One answer
   *[other] { $count } answers
}
question-search = Search the answers
question-topic = What it is about
question-order = Order
question-newest = The newest first
question-by-topic = By subject
question-nothing-found = No answer speaks of this. Try another word, or ask.
question-none-yet = No answer has been published yet.
question-published-on = Published on { $day }
question-same-as = This was asked before: the answer is that to question { $number }.
question-only-other = This text is available in Albanian only.
question-ask = Ask a question
question-until = Questions are taken until { $until }.
question-answered-by = All are answered by { $until }.
question-sign-in = Sign in to ask. Your name will not be published.
question-sign-up = Create an account
question-choose = Choose
question-yours = Your question
question-hint = Ask about the rules of the call. Don’t write your name or your organisation’s: the question is published. The office cannot say beforehand whether your project will be accepted.
question-not-named = Only the office sees that it was you who asked. You get a letter when the answer is published.
question-send = Send the question
question-staff-do-not-ask = You work for this fund, so you do not ask: you answer.
question-over = Questions are closed
question-mine = My questions
question-has-number = Read the answer, number { $number }
question-withdraw = Take the question back
question-was-asked = Your question has arrived. You get a letter when it is answered.
question-was-withdrawn = Your question is taken back.
question-too-many = You have sent many questions today. This one is still here: send it tomorrow.
question-state-open = Waits for an answer
question-state-answered = Answered, not public
question-state-published = Published
question-state-withdrawn = Taken back
question-topic-eligibility = Who may apply
question-topic-partners = Partners
question-topic-activities = Activities and results
question-topic-budget = Budget and costs
question-topic-documents = Documents
question-topic-applying = Form, deadline, submission
question-topic-evaluation = Evaluation
question-topic-other = Something else
question-round-cancelled = This call was cancelled, so no questions are taken.
question-too-late = Questions were taken until { $until }.
question-needs-topic = Choose what the question is about.
question-needs-text = Write the question in 10 to 2,000 characters.
question-cannot-withdraw = This question is public or was taken back already.
question-cannot-answer = This question is public or was taken back, so its answer stays as it is.
question-half-wording = There is an answer in this language, but no question.
question-half-answer = There is a question in this language, but no answer.
question-too-long = Too long: at most { $most } characters.
question-no-language = Write the question and the answer in one language at least.
question-same-itself = A question cannot be answered by itself.
question-same-unanswered = Choose a question of this call that has an answer of its own.
question-call-over = The call is closed or cancelled: no answers are published any more.
question-nothing-ready = No answer is kept that could be published.
question-points-to-nothing = “{ $question }…” points to a question that has no answer any more. Answer it anew.
question-office-lede = What was asked about this call. Answers are due by { $until }. Keep each answer first, then publish all of them at once: everybody who has begun to apply or has asked gets the same letter.
question-late = Answers were due by { $until }, and questions still wait. Publish them now; think of extending the deadline, so that everybody has time to use them.
question-publish-heading = { $count ->
    [one] One answer is ready
   *[other] { $count } answers are ready
}
question-publish = Publish
question-publish-help = They become public now, numbered in the order of asking. A published answer cannot be changed.
question-were-published = { $answers ->
    [one] One answer is public.
   *[other] { $answers } answers are public.
} { $letters ->
    [0] There was nobody to write to.
    [one] One letter is on its way.
   *[other] { $letters } letters are on their way.
}
question-states = By state
question-office-none = There is nothing here.
question-office-none-waits = No question waits for an answer.
question-question = Question
question-asked-by = Who asked
question-as-asked = As it was asked
question-only-office = Only the office sees the name.
question-answer = Answer
question-answer-help = One language is enough; the page says so to readers of the other. Nothing becomes public before you publish.
question-wording = The question as it will be published
question-wording-hint = Take out names and whatever tells who asked.
question-same-label = Was the same asked before?
question-same-hint = Then the answer of that question is shown here too, and the fields for answers above may stay empty.
question-own-answer = No, it has its own answer
question-keep = Keep the answer
question-was-answered = The answer is kept. It becomes public when you publish.
question-answered-by-whom = Answered by
question-on-the-call = Something unclear? Read what others asked, or ask.
question-count = { $count ->
    [0] Questions and answers
    [one] Questions and answers (1)
   *[other] Questions and answers ({ $count })
}
