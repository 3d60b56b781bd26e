//! The letters of accounts: links to sign in and to confirm, invitations, and what an owner must know.
use super::{Organisation, Person, records};
use crate::kernel::{Bilingual, Instant, Lang, Membership, OrganisationId, PersonId, ProgrammeId, both};
use crate::workflow::Subject;
use crate::workflow::letters::{Letter, Recipient};
use serde::Serialize;

/// A sign-in link works for so many minutes.
pub const LINK_MINUTES: i64 = 30;
/// The link that confirms a new address works for so many hours.
pub const CONFIRM_HOURS: i64 = 48;
/// An invitation stands for so many days.
pub const INVITATION_DAYS: i64 = 14;

/// E00: the link to sign in; `query` says where it goes on to.
pub(super) fn sign_in_link(person: &Person, token: &str, query: &str) -> Letter {
    #[derive(Serialize)]
    struct Values<'a> {
        token: &'a str,
        query: &'a str,
        minutes: i64,
    }
    Letter::new("E00", None, Subject::Person(person.id), &records::recipient(person), Values { token, query, minutes: LINK_MINUTES })
}

/// E00a: somebody signed up with this address; the link confirms it. `fund`: from whose page they came.
pub(super) fn confirmation(person: &Person, token: &str, query: &str, fund: Option<&Bilingual>) -> Letter {
    #[derive(Serialize)]
    struct Values<'a> {
        token: &'a str,
        query: &'a str,
        hours: i64,
        fund: Option<&'a Bilingual>,
    }
    Letter::new("E00a", None, Subject::Person(person.id), &records::recipient(person), Values { token, query, hours: CONFIRM_HOURS, fund })
}

/// E00b: somebody signed up with an address that has an account; only the mailbox learns it.
pub(super) fn account_exists(person: &Person, token: &str, query: &str) -> Letter {
    #[derive(Serialize)]
    struct Values<'a> {
        token: &'a str,
        query: &'a str,
        minutes: i64,
    }
    Letter::new("E00b", None, Subject::Person(person.id), &records::recipient(person), Values { token, query, minutes: LINK_MINUTES })
}

/// What an invitation says.
pub(super) struct Invited<'a> {
    /// E00c with the fund, or E00d with the organisation.
    pub letter: (&'static str, Option<ProgrammeId>, Subject),
    pub name: Bilingual,
    /// What the invited person will be there, in both languages.
    pub what: Bilingual,
    pub by: &'a str,
    pub token: &'a str,
    pub until: Instant,
}

/// E00c (a fund) and E00d (an organisation): come in. To an address that may have no account yet.
pub(super) fn invitation(email: &str, known: Option<&Person>, lang: Lang, invited: &Invited<'_>) -> Letter {
    #[derive(Serialize)]
    struct Values<'a> {
        name: &'a Bilingual,
        what: &'a Bilingual,
        by: &'a str,
        token: &'a str,
        until: Instant,
    }
    let to = known.map_or_else(|| Recipient { person: None, name: email.to_owned(), email: email.to_owned(), lang }, records::recipient);
    let (code, programme, subject) = invited.letter;
    Letter::new(code, programme, subject, &to, Values { name: &invited.name, what: &invited.what, by: invited.by, token: invited.token, until: invited.until })
}

/// E00e: somebody tried to register an organisation whose NIPT is registered; its owner may invite them.
pub(super) fn nipt_asked(organisation: &Organisation, owner: &Recipient, asker: (&str, &str)) -> Letter {
    #[derive(Serialize)]
    struct Values<'a> {
        organisation: &'a str,
        nipt: &'a str,
        id: OrganisationId,
        asker: &'a str,
        asker_email: &'a str,
    }
    let values = Values { organisation: &organisation.name, nipt: &organisation.nipt, id: organisation.id, asker: asker.0, asker_email: asker.1 };
    Letter::new("E00e", None, Subject::Organisation(organisation.id), owner, values)
}

/// E00g: what somebody is in an organisation from now on.
pub(super) fn role_in(organisation: &Organisation, to: &Recipient, membership: Membership, by: &str) -> Letter {
    #[derive(Serialize)]
    struct Values<'a> {
        name: &'a str,
        id: OrganisationId,
        what: Bilingual,
        may: Bilingual,
        by: &'a str,
    }
    let values = Values { name: &organisation.name, id: organisation.id, what: in_both(|t| membership.label(t)), may: in_both(|t| membership.hint(t)), by };
    Letter::new("E00g", None, Subject::Organisation(organisation.id), to, values)
}

/// E00h: somebody does not write for an organisation any more.
pub(super) fn no_longer_in(organisation: &Organisation, to: &Recipient, by: &str, at: Instant) -> Letter {
    #[derive(Serialize)]
    struct Values<'a> {
        name: &'a str,
        by: &'a str,
        at: Instant,
    }
    Letter::new("E00h", None, Subject::Organisation(organisation.id), to, Values { name: &organisation.name, by, at })
}

/// E00i: what the owner of an organisation must know of its people.
pub(super) fn news_of(organisation: &Organisation, to: &Recipient, news: &Bilingual) -> Letter {
    #[derive(Serialize)]
    struct Values<'a> {
        name: &'a str,
        id: OrganisationId,
        news: &'a Bilingual,
    }
    Letter::new("E00i", None, Subject::Organisation(organisation.id), to, Values { name: &organisation.name, id: organisation.id, news })
}

/// E00f: an administrator took the second factor away.
pub(super) fn second_factor_reset(person: &Person, by: &str, at: Instant) -> Letter {
    #[derive(Serialize)]
    struct Values<'a> {
        by: &'a str,
        at: Instant,
        person: PersonId,
    }
    Letter::new("E00f", None, Subject::Person(person.id), &records::recipient(person), Values { by, at, person: person.id })
}

/// A word in both languages, for letters.
pub(super) fn in_both(say: impl Fn(crate::kernel::Tr) -> &'static str) -> Bilingual {
    both(|t| say(t).to_owned())
}
