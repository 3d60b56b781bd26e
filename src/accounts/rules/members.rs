//! Who is what in an organisation: what may become of somebody, so that it always has an owner, and who takes over from whom.
use crate::kernel::{Membership, PersonId, Reason};

/// What stands in the way of somebody becoming this; None is leaving.
#[must_use]
pub fn becoming(members: &[(PersonId, Membership)], person: PersonId, becomes: Option<Membership>) -> Vec<Reason> {
    let owned_by_others = members.iter().any(|(other, membership)| *other != person && *membership == Membership::Owner);
    let owned_by_nobody = !members.iter().any(|(_, membership)| *membership == Membership::Owner);
    if becomes == Some(Membership::Owner) || owned_by_others || owned_by_nobody {
        return vec![];
    }
    vec![Reason::new("no-owner-left", "", |t| t.accounts_no_owner_left().into())]
}

/// Who can take over this person's role: those of the organisation who may less.
#[must_use]
pub fn heirs(members: &[(PersonId, Membership)], giver: PersonId) -> Vec<PersonId> {
    let Some(given) = of(members, giver) else { return vec![] };
    members.iter().filter(|(_, membership)| membership.rank() < given.rank()).map(|(person, _)| *person).collect()
}

/// What a hand-over makes of both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passed {
    /// The role that was passed: what the heir is from now on.
    pub heir: Membership,
    /// What is left to the one who passed it: what the heir was.
    pub giver: Membership,
}

/// A role is passed whole: the heir has it, the giver has what the heir had, so that no hand-over makes a right that was not there.
///
/// # Errors
/// Why it cannot be passed to them.
pub fn passing(members: &[(PersonId, Membership)], giver: PersonId, heir: Option<PersonId>) -> Result<Passed, Vec<Reason>> {
    let heir = heir.filter(|heir| heirs(members, giver).contains(heir));
    match (of(members, giver), heir.and_then(|heir| of(members, heir))) {
        (Some(given), Some(had)) => Ok(Passed { heir: given, giver: had }),
        _ => Err(vec![Reason::new("no-heir", "heir", |t| t.accounts_choose_heir().into())]),
    }
}

fn of(members: &[(PersonId, Membership)], person: PersonId) -> Option<Membership> {
    members.iter().find(|(member, _)| *member == person).map(|(_, membership)| *membership)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Membership::{Editor, Owner, Signatory};

    #[test]
    fn an_organisation_never_loses_its_last_owner() {
        let (arta, besnik) = (PersonId::new(), PersonId::new());
        for (others, becomes, well) in
            [(Signatory, None, false), (Signatory, Some(Editor), false), (Signatory, Some(Owner), true), (Owner, None, true), (Owner, Some(Editor), true)]
        {
            assert_eq!(becoming(&[(arta, Owner), (besnik, others)], arta, becomes).is_empty(), well, "{others} {becomes:?}");
        }
        assert!(becoming(&[(arta, Owner), (besnik, Signatory)], besnik, None).is_empty());
        assert!(becoming(&[(besnik, Editor)], besnik, None).is_empty(), "who was left without an owner is not kept");
    }

    #[test]
    fn a_role_is_passed_to_somebody_who_may_less_and_none_comes_into_being() {
        let (owner, signatory, editor) = (PersonId::new(), PersonId::new(), PersonId::new());
        let members = [(owner, Owner), (signatory, Signatory), (editor, Editor)];
        assert_eq!(heirs(&members, owner), [signatory, editor]);
        assert_eq!(heirs(&members, signatory), [editor]);
        assert!(heirs(&members, editor).is_empty());
        assert_eq!(passing(&members, owner, Some(editor)), Ok(Passed { heir: Owner, giver: Editor }));
        assert_eq!(passing(&members, signatory, Some(editor)), Ok(Passed { heir: Signatory, giver: Editor }));
        for heir in [None, Some(signatory), Some(owner), Some(PersonId::new())] {
            assert_eq!(passing(&members, signatory, heir).unwrap_err()[0].code, "no-heir", "{heir:?}");
        }
    }
}
