//! Questions about a call: asked by anybody with an account until a cut-off, answered in public for everybody alike. Who asked is the office's alone.
pub mod actions;
pub mod letters;
mod office_pages;
pub mod pages;
pub mod records;
pub mod rules;

use crate::kernel::{Bilingual, Instant, Lang, PersonId, QuestionId, RoundId, Tr, folded, words};
use diesel::prelude::*;
use std::borrow::Borrow;

words!(
    /// An open question waits for the office; an answer is kept until it is published with the others; whoever asked may take back what is not public.
    State { Open = "open", Answered = "answered", Published = "published", Withdrawn = "withdrawn" }
);
impl State {
    #[must_use]
    pub fn label(&self, t: impl Borrow<Tr>) -> &'static str {
        let t = *t.borrow();
        match self {
            Self::Open => t.question_state_open(),
            Self::Answered => t.question_state_answered(),
            Self::Published => t.question_state_published(),
            Self::Withdrawn => t.question_state_withdrawn(),
        }
    }
    /// The class of its tag.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Open => "warn",
            Self::Answered => "info",
            Self::Published => "ok",
            Self::Withdrawn => "",
        }
    }
}

words!(
    /// What a question is about.
    Topic {
        Eligibility = "eligibility",
        Partners = "partners",
        Activities = "activities",
        Budget = "budget",
        Documents = "documents",
        Applying = "applying",
        Evaluation = "evaluation",
        Other = "other",
    }
);
impl Topic {
    #[must_use]
    pub fn label(&self, t: impl Borrow<Tr>) -> &'static str {
        let t = *t.borrow();
        match self {
            Self::Eligibility => t.question_topic_eligibility(),
            Self::Partners => t.question_topic_partners(),
            Self::Activities => t.question_topic_activities(),
            Self::Budget => t.question_topic_budget(),
            Self::Documents => t.question_topic_documents(),
            Self::Applying => t.question_topic_applying(),
            Self::Evaluation => t.question_topic_evaluation(),
            Self::Other => t.question_topic_other(),
        }
    }
}

/// A question as the office keeps it. Nothing of this kind is ever shown to the public: that is `Published`.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = crate::store::schema::questions, treat_none_as_default_value = false)]
pub struct Question {
    pub id: QuestionId,
    pub round_id: RoundId,
    pub state: State,
    pub topic: Topic,
    /// Word for word.
    pub asked: String,
    pub lang: Lang,
    pub asked_by: PersonId,
    pub asked_at: Instant,
    pub wording_sq: String,
    pub wording_en: String,
    pub answer_sq: String,
    pub answer_en: String,
    /// The question whose answer is this one's too.
    pub same_as: Option<QuestionId>,
    pub answered_by_name: String,
    pub answered_at: Option<Instant>,
    /// Given at publication, in the order of asking.
    pub number: Option<i32>,
    pub published_at: Option<Instant>,
    pub search: String,
    pub version: i32,
}

impl Question {
    /// As it is asked: open, and nothing of an answer yet.
    #[must_use]
    pub fn asked(round_id: RoundId, topic: Topic, text: &str, lang: Lang, by: PersonId, at: Instant) -> Self {
        Self {
            id: QuestionId::new(),
            round_id,
            state: State::Open,
            topic,
            asked: text.to_owned(),
            lang,
            asked_by: by,
            asked_at: at,
            wording_sq: String::new(),
            wording_en: String::new(),
            answer_sq: String::new(),
            answer_en: String::new(),
            same_as: None,
            answered_by_name: String::new(),
            answered_at: None,
            number: None,
            published_at: None,
            search: String::new(),
            version: 1,
        }
    }
    #[must_use]
    pub fn wording(&self) -> Bilingual {
        Bilingual { sq: self.wording_sq.clone(), en: self.wording_en.clone() }
    }
    #[must_use]
    pub fn answer(&self) -> Bilingual {
        Bilingual { sq: self.answer_sq.clone(), en: self.answer_en.clone() }
    }
    /// What searches look through.
    #[must_use]
    pub fn search_text(&self) -> String {
        folded(&[self.wording_sq.as_str(), &self.wording_en, &self.answer_sq, &self.answer_en].join(" "))
    }
}

/// What the public sees of a question: nothing of who asked, when, or in which words.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, serde::Serialize)]
pub struct Published {
    #[serde(skip)]
    pub id: QuestionId,
    pub number: Option<i32>,
    pub topic: Topic,
    pub question_sq: String,
    pub question_en: String,
    pub answer_sq: String,
    pub answer_en: String,
    #[serde(skip)]
    pub same_as: Option<QuestionId>,
    pub published_at: Option<Instant>,
}

/// A text in the language that it was written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Said<'q> {
    pub text: &'q str,
    pub lang: Lang,
}

/// In the reader's language where it was written in it, else in the other.
#[must_use]
pub fn said<'q>(sq: &'q str, en: &'q str, wanted: Lang) -> Said<'q> {
    let (own, other) = if wanted == Lang::Sq { (sq, en) } else { (en, sq) };
    if own.is_empty() { Said { text: other, lang: wanted.other() } } else { Said { text: own, lang: wanted } }
}

impl Published {
    #[must_use]
    pub fn question(&self, t: impl Borrow<Tr>) -> Said<'_> {
        said(&self.question_sq, &self.question_en, t.borrow().0)
    }
    #[must_use]
    pub fn answer(&self, t: impl Borrow<Tr>) -> Said<'_> {
        said(&self.answer_sq, &self.answer_en, t.borrow().0)
    }
}
