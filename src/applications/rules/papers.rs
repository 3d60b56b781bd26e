//! Which papers an application brings, which are missing, and whether there is room for one more.
use super::look::Look;
use crate::applications::content::File;
use crate::calls::{Document, Round, Whose};
use crate::kernel::Reason;

/// The papers that this application must or may bring: key (with the partner's key behind a dot), the document, and the partner's name.
#[must_use]
pub fn papers<'a>(file: &'a File, round: &'a Round) -> Vec<(String, &'a Document, Option<&'a str>)> {
    let mut papers = vec![];
    for document in &round.terms.documents {
        match document.whose {
            Whose::Lead => papers.push((document.key.clone(), document, None)),
            Whose::Partner => {
                papers
                    .extend(file.partners.partners.iter().map(|partner| (format!("{}.{}", document.key, partner.key), document, Some(partner.name.as_str()))));
            }
        }
    }
    papers
}

pub(super) fn attachments(file: &File, round: &Round) -> Vec<Reason> {
    let mut look = Look::at("attachments");
    for (key, document, partner) in papers(file, round) {
        if document.required && !file.attachments.iter().any(|attachment| attachment.document == key) {
            look.say("no-document", &key, |t| match partner {
                None => t.application_add_document(document.name.say(t)),
                Some(name) => t.application_add_document_of(document.name.say(t), name),
            });
        }
    }
    look.reasons
}

/// All papers of an application together (rules.md 4.6).
pub const MOST_BYTES: i64 = 50_000_000;
/// And so many of them.
pub const MOST_PAPERS: usize = 60;

/// What stands in the way of one more paper: it is not asked for, or there is no room.
#[must_use]
pub fn attaching(file: &File, round: &Round, document: &str, bytes: i64) -> Vec<Reason> {
    let mut reasons = vec![];
    if !papers(file, round).iter().any(|(key, _, _)| key == document) {
        reasons.push(Reason::new("not-asked-for", document, |t| t.application_not_asked_for().into()));
    }
    if file.attachments.iter().map(|paper| paper.bytes).sum::<i64>() + bytes > MOST_BYTES || file.attachments.len() >= MOST_PAPERS {
        reasons.push(Reason::new("no-room", document, |t| t.application_no_room(MOST_BYTES / 1_000_000, MOST_PAPERS)));
    }
    reasons
}
