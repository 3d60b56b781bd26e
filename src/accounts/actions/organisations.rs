//! Organisations: registering, the profile.
use crate::accounts::events::{NiptAsked, OrganisationRegistered, ProfileSaved};
use crate::accounts::profile::{self, TypedProfile};
use crate::accounts::{LegalForm, Organisation, Profile, letters, records, rules};
use crate::kernel::merging::{Typed, Written, merge};
use crate::kernel::{Error, Membership, OrganisationId, Reason, Result, fault, must};
use crate::web::Fields;
use crate::web::records::count_try;
use crate::workflow::{Act, Recorded};

/// An organisation as it was typed.
#[derive(Clone, Debug)]
pub struct NewOrganisation {
    pub nipt: String,
    pub name: String,
    pub acronym: String,
    pub legal_form: LegalForm,
    pub municipality: String,
    pub profile: Profile,
}

/// Registers an organisation; whoever does it owns it.
///
/// # Errors
/// `Invalid` when the NIPT is none; `Refused` with the code `nipt-taken` when it is registered.
pub fn create_organisation(act: &mut Act<'_>, new: &NewOrganisation) -> Result<Recorded<Organisation>> {
    let nipt = super::complaints(rules::nipt(&new.nipt))?;
    if records::organisation_by_nipt(act.conn, &nipt)?.is_some() {
        return Err(Error::refused(Reason::new("nipt-taken", "nipt", |t| t.accounts_nipt_taken().into())));
    }
    let mut organisation = Organisation {
        id: OrganisationId::new(),
        nipt,
        name: new.name.clone(),
        acronym: new.acronym.clone(),
        legal_form: new.legal_form,
        municipality: new.municipality.clone(),
        profile: serde_json::to_string(&new.profile).map_err(fault)?,
        search: String::new(),
        created_at: act.now,
        saved_at: None,
        saved_by: None,
        noted_at: None,
        version: 1,
    };
    organisation.search = organisation.search_text();
    records::add_organisation(act.conn, &organisation)?;
    if let Some(person) = act.actor.person {
        records::put_member(act.conn, organisation.id, person, Membership::Owner, act.now)?;
    }
    let event = OrganisationRegistered { organisation: organisation.id, nipt: organisation.nipt.clone(), name: organisation.name.clone() };
    act.record(&event, organisation)
}

/// Tells the owners of a registered NIPT who asked for it, so that they can invite them.
///
/// # Errors
/// `NotFound` when no organisation has it; `Slow` when it was asked too often.
pub fn ask_owners(act: &mut Act<'_>, nipt: &str) -> Result<Recorded<()>> {
    let organisation = records::organisation_by_nipt(act.conn, nipt)?.ok_or(Error::NotFound)?;
    count_try(act.conn, &format!("nipt {nipt} asked by {}", act.actor.email), 1, 86_400, act.now)?;
    count_try(act.conn, &format!("nipt {nipt} asked"), 10, 86_400, act.now)?;
    for (person, membership) in records::members(act.conn, organisation.id)? {
        if membership == Membership::Owner {
            act.send(&letters::nipt_asked(&organisation, &records::recipient(&person), (&act.actor.name, &act.actor.email)))?;
        }
    }
    act.record(&NiptAsked { organisation: organisation.id }, ())
}

/// Saves the profile as it was typed, whole, by a program that saw this version.
///
/// # Errors
/// `NotFound` for strangers; `Stale` when somebody saved meanwhile.
pub fn save_profile(act: &mut Act<'_>, id: OrganisationId, typed: TypedProfile, version: i32) -> Result<Recorded<i32>> {
    let mut organisation = editable(act, id)?;
    if organisation.version != version {
        return Err(Error::Stale);
    }
    typed.into(&mut organisation)?;
    keep(act, organisation, false)
}

/// Puts boxes into the profile as it is kept now: what nobody else has changed meanwhile is taken, the others come back.
/// `by_itself`: nobody pressed a button.
///
/// # Errors
/// `NotFound` for strangers.
pub fn write_profile(act: &mut Act<'_>, id: OrganisationId, typed: &[Typed], by_itself: bool) -> Result<Recorded<Written>> {
    let mut organisation = editable(act, id)?;
    let today = act.now.day();
    let mut boxes = profile::boxes(&organisation, today);
    let meanwhile = merge(&mut boxes, typed, false);
    TypedProfile::of(&Fields::new(boxes.pairs())).into(&mut organisation)?;
    let (saved_at, boxes) = (act.now, profile::boxes(&organisation, today));
    Ok(keep(act, organisation, by_itself)?.map(|version| Written { version, saved_at, boxes, meanwhile }))
}

/// The organisation, if this person writes its profile.
fn editable(act: &mut Act<'_>, id: OrganisationId) -> Result<Organisation> {
    let organisation = records::visible_organisation(act.conn, act.actor, id)?;
    must(rules::may_edit(act.actor, id))?;
    Ok(organisation)
}

/// The new version.
fn keep(act: &mut Act<'_>, mut organisation: Organisation, by_itself: bool) -> Result<Recorded<i32>> {
    let same = by_itself && organisation.saved_by == act.actor.person;
    let entry = act.run(organisation.noted_at.filter(|_| same));
    organisation.saved_at = Some(act.now);
    organisation.saved_by = act.actor.person;
    organisation.noted_at = entry.or(Some(act.now));
    records::save_organisation(act.conn, &organisation)?;
    let version = organisation.version + 1;
    match entry {
        Some(entry) => act.covered_by(entry, version),
        None => act.record(&ProfileSaved { organisation: organisation.id, version }, version),
    }
}
