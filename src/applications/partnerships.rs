//! Partner organisations at work: invited by those who lead, they write their own part of the application, sign their own declaration,
//! and do and see nothing else. What they may is asked here and nowhere else: every other door knows only the organisation that leads.
use super::content::{Partner, PartnerSignature, Partners};
use super::writing::{Sent, What, Written, write_into};
use super::{Application, Part, letters, partnership_records, records, rules};
use crate::accounts::{actions as accounts, records as people};
use crate::kernel::merging::Typed;
use crate::kernel::{Actor, ApplicationId, Bilingual, Error, Instant, PartnershipId, PersonId, ProgrammeId, Reason, Result, fault, must, unless};
use crate::store::Conn;
use crate::workflow::{Act, Event, Recorded, Subject};
use diesel::prelude::*;

/// That somebody may write a partner's part: asked, accepted, signed, ended.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = crate::store::schema::partnerships, treat_none_as_default_value = false)]
pub struct Partnership {
    pub id: PartnershipId,
    pub programme_id: ProgrammeId,
    pub application_id: ApplicationId,
    /// The partner's row in the application: `p1`.
    pub partner: String,
    /// The organisation that leads, as the invitation calls it.
    pub lead: String,
    pub email: String,
    pub invited_by: PersonId,
    pub invited_at: Instant,
    /// None until somebody accepted.
    pub person_id: Option<PersonId>,
    pub person_name: String,
    pub accepted_at: Option<Instant>,
    pub ended_at: Option<Instant>,
    pub signed_at: Option<Instant>,
    /// `PartnerSignature` as JSON.
    pub signature: String,
    /// Of the partner's own fields, as they were when it was signed.
    pub signed_sha256: String,
}

impl Partnership {
    /// What was signed; None where nothing was.
    #[must_use]
    pub fn signature(&self) -> Option<PartnerSignature> {
        self.signed_at.and_then(|_| serde_json::from_str(&self.signature).ok())
    }
}

/// A signature as it was typed.
#[derive(Clone, Debug, Default)]
pub struct Signing {
    pub name: String,
    pub capacity: String,
    pub agreed: bool,
}

/// Puts the signatures that stand into the partners of a file.
pub fn put_signatures(partners: &mut Partners, partnerships: &[Partnership]) {
    for partner in &mut partners.partners {
        partner.signed = partnerships.iter().find(|one| rules::stands(one, partner)).and_then(Partnership::signature);
    }
}

macro_rules! event {
    ($(#[$meta:meta])* $name:ident = $kind:literal) => {
        $(#[$meta])*
        #[derive(serde::Serialize)]
        struct $name<'a> {
            application: ApplicationId,
            partner: &'a str,
            name: &'a str,
            #[serde(skip)]
            programme: ProgrammeId,
        }
        impl Event for $name<'_> {
            const KIND: &'static str = $kind;
            fn subject(&self) -> Subject {
                Subject::Application(self.application)
            }
            fn programme(&self) -> Option<ProgrammeId> {
                Some(self.programme)
            }
        }
    };
}
event!(Invited = "application.partner-invited");
event!(Ended = "application.partner-ended");
event!(Signed = "application.partner-signed");

fn partner_in(conn: &mut Conn, application: ApplicationId, key: &str) -> Result<Partner> {
    match records::part(conn, application, Part::Partners)?.0 {
        super::content::PartContent::Partners(partners) => partners.partners.into_iter().find(|partner| partner.key == key).ok_or(Error::NotFound),
        _ => Err(fault("the partners' part is no partners")),
    }
}

/// Invites the partner of this row, at the address that stands there, to write its own part and sign. Once more is another letter; another
/// address takes the place of one that nobody answered.
///
/// # Errors
/// `NotFound` for what is not theirs or not there; `Refused` when somebody writes there already; `Invalid` without an address.
pub fn invite(act: &mut Act<'_>, id: ApplicationId, partner: &str) -> Result<Recorded<PartnershipId>> {
    let application = records::find(act.conn, act.actor, id)?;
    must(rules::may_write(act.actor, &application))?;
    let by = act.actor.person.ok_or(Error::Forbidden)?;
    let row = partner_in(act.conn, id, partner)?;
    unless(rules::writing(&application))?;
    unless(rules::telling_others(&application))?;
    let there = partnership_records::of(act.conn, id)?.into_iter().find(|one| one.partner == partner);
    unless(rules::inviting(there.as_ref()))?;
    if let Some(there) = &there {
        close(act, there)?;
    }
    let partnership = Partnership {
        id: PartnershipId::new(),
        programme_id: application.programme_id,
        application_id: id,
        partner: partner.to_owned(),
        lead: application.organisation_name.clone(),
        email: row.email.trim().to_lowercase(),
        invited_by: by,
        invited_at: act.now,
        person_id: None,
        person_name: String::new(),
        accepted_at: None,
        ended_at: None,
        signed_at: None,
        signature: String::new(),
        signed_sha256: String::new(),
    };
    partnership_records::insert(act.conn, &partnership)?;
    let field = format!("partners.{partner}.email");
    let inviting = application.organisation_id.to_string();
    let invitation = accounts::invite_partner(act, partnership.id, &row.email, &inviting).map_err(|error| match error {
        Error::Invalid(reasons) => Error::Invalid(reasons.into_iter().map(|reason| Reason { at: field.clone(), ..reason }).collect()),
        other => other,
    })?;
    let round = records::round_of(act.conn, &application)?;
    letters::partner_invited(act, &application, &round, &row, &invitation)?;
    let event = Invited { application: id, partner, name: &row.name, programme: application.programme_id };
    act.record(&event, partnership.id)
}

/// Ends it, with the invitation that nobody accepted.
fn close(act: &mut Act<'_>, partnership: &Partnership) -> Result<()> {
    partnership_records::end(act.conn, partnership.id, act.now)?;
    people::forget_partner_invitations(act.conn, partnership.id, act.now)
}

/// Ends a partnership: its person neither sees nor writes the application any more, and what they signed counts no more.
///
/// # Errors
/// `NotFound` for what is not theirs; `Refused` when the application is no draft.
pub fn end(act: &mut Act<'_>, id: PartnershipId) -> Result<Recorded<ApplicationId>> {
    let partnership = partnership_records::live(act.conn, id)?;
    let application = records::find(act.conn, act.actor, partnership.application_id)?;
    must(rules::may_write(act.actor, &application))?;
    unless(rules::writing(&application))?;
    records::touch(act.conn, application.id, act.now)?;
    end_one(act, &application, &partnership)
}

fn end_one(act: &mut Act<'_>, application: &Application, partnership: &Partnership) -> Result<Recorded<ApplicationId>> {
    close(act, partnership)?;
    if let Some(person) = partnership.person_id {
        let person = people::person(act.conn, person)?;
        letters::partner_ended(act, application, &people::recipient(&person))?;
    }
    let event = Ended { application: application.id, partner: &partnership.partner, name: &partnership.person_name, programme: application.programme_id };
    act.record(&event, application.id)
}

/// Ends those whose partner is no longer in the application: a row of the same key that comes later is another partner.
///
/// # Errors
/// `Fault` when the database does not answer.
pub fn end_without_rows(act: &mut Act<'_>, application: &Application, partners: &Partners) -> Result<()> {
    for partnership in partnership_records::of(act.conn, application.id)? {
        if !partners.partners.iter().any(|partner| partner.key == partnership.partner) {
            end_one(act, application, &partnership)?;
        }
    }
    Ok(())
}

/// A partnership of the actor's own, with its application and the partner's row. What has no row any more is not there.
fn own(act: &mut Act<'_>, id: PartnershipId) -> Result<(Partnership, Application, Partner)> {
    let partnership = partnership_records::find(act.conn, act.actor, id)?;
    let application = partnership_records::application_of(act.conn, &partnership)?;
    let partner = partner_in(act.conn, application.id, &partnership.partner)?;
    Ok((partnership, application, partner))
}

/// Writes in the partner's own boxes, and in no others.
///
/// # Errors
/// `NotFound` when it is not theirs or names another box; `Refused` when the application is no draft.
pub fn write_own(act: &mut Act<'_>, id: PartnershipId, typed: Vec<Typed>) -> Result<Recorded<Written>> {
    let (partnership, application, _) = own(act, id)?;
    let by = act.actor.person.ok_or(Error::Forbidden)?;
    if typed.iter().any(|box_of| !rules::is_own_box(&box_of.name, &partnership.partner)) {
        return Err(Error::NotFound);
    }
    unless(rules::writing(&application))?;
    write_into(act, &application, by, Sent { what: What::Boxes(Part::Partners, typed), pressed: None })
}

/// Signs the partner's own declaration: name, capacity, time and words are kept, and frozen with the application.
///
/// # Errors
/// `NotFound` when it is not theirs; `Refused` when the application is no draft; `Invalid` with everything that lacks.
pub fn sign(act: &mut Act<'_>, id: PartnershipId, typed: &Signing) -> Result<Recorded<PartnerSignature>> {
    let (partnership, application, partner) = own(act, id)?;
    unless(rules::writing(&application))?;
    let reasons = rules::signing(&partner, typed);
    if !reasons.is_empty() {
        return Err(Error::Invalid(reasons));
    }
    let wording: Bilingual = records::round_of(act.conn, &application)?.terms.partner_wording();
    let signature = PartnerSignature { name: typed.name.clone(), capacity: typed.capacity.clone(), at: act.now, wording };
    let json = serde_json::to_string(&signature).map_err(fault)?;
    partnership_records::sign(act.conn, id, &json, &rules::own_fingerprint(&partner), act.now)?;
    // A submission that read the application before it is stale.
    records::touch(act.conn, application.id, act.now)?;
    if people::membership(act.conn, application.organisation_id, partnership.invited_by)?.is_some() {
        let inviter = people::person(act.conn, partnership.invited_by)?;
        letters::partner_signed(act, &application, &partner, &signature, &people::recipient(&inviter))?;
    }
    let event = Signed { application: application.id, partner: &partner.key, name: &signature.name, programme: application.programme_id };
    act.record(&event, signature.clone())
}

/// What a partner's person looks at: their own row of the application, as it stands or as it was handed in.
pub struct Own {
    pub partnership: Partnership,
    pub application: Application,
    pub file: super::content::File,
    pub partner: Partner,
    /// Of the partners' part; 0 where nobody has written in it.
    pub stored: Option<super::StoredPart>,
    /// The parts that somebody has written in.
    pub touched: Vec<Part>,
}

/// Opens it for the person who works in it.
///
/// # Errors
/// `NotFound` when it has ended, is not theirs, or the partner is not in the application any more.
pub fn open(conn: &mut Conn, actor: &Actor, id: PartnershipId) -> Result<Own> {
    let partnership = partnership_records::find(conn, actor, id)?;
    let application = partnership_records::application_of(conn, &partnership)?;
    let kept = records::parts(conn, application.id)?;
    let file = if application.status == super::Status::Draft {
        records::draft_file_of(conn, &application, &kept)?
    } else {
        records::frozen_file(conn, application.id)?
    };
    let partner = file.partners.partners.iter().find(|partner| partner.key == partnership.partner).cloned().ok_or(Error::NotFound)?;
    let touched = kept.iter().map(|part| part.part).collect();
    let stored = kept.into_iter().find(|part| part.part == Part::Partners);
    Ok(Own { partnership, application, file, partner, stored, touched })
}
