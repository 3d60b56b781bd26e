//! Organisations: registering, the profile.
use crate::accounts::events::{NiptAsked, OrganisationRegistered, ProfileSaved};
use crate::accounts::{LegalForm, Organisation, Profile, letters, records, rules};
use crate::kernel::{Error, Membership, OrganisationId, Reason, Result, fault, must};
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

/// The profile's form, whatever was typed.
#[derive(Clone, Debug)]
pub struct TypedProfile {
    /// The version that was read.
    pub version: i32,
    pub name: String,
    pub acronym: String,
    pub legal_form: Option<LegalForm>,
    pub municipality: String,
    pub profile: Profile,
}

/// Saves the profile as it was typed; only the name cannot be emptied.
///
/// # Errors
/// `NotFound` for strangers; `Stale` when somebody saved meanwhile.
pub fn save_profile(act: &mut Act<'_>, id: OrganisationId, typed: TypedProfile) -> Result<Recorded<Organisation>> {
    let mut organisation = records::visible_organisation(act.conn, act.actor, id)?;
    must(rules::may_edit(act.actor, id))?;
    if organisation.version != typed.version {
        return Err(Error::Stale);
    }
    if !typed.name.is_empty() {
        organisation.name = typed.name;
    }
    organisation.acronym = typed.acronym;
    organisation.legal_form = typed.legal_form.unwrap_or(organisation.legal_form);
    organisation.municipality = typed.municipality;
    organisation.profile = serde_json::to_string(&typed.profile).map_err(fault)?;
    organisation.search = organisation.search_text();
    records::save_organisation(act.conn, &organisation)?;
    organisation.version += 1;
    act.record(&ProfileSaved { organisation: id, version: organisation.version }, organisation)
}
