//! The profile as the boxes of its form, and back: whole by a button, box by box as it saves by itself, both go through here.
use super::{LegalForm, Organisation, Profile, Turnover};
use crate::kernel::merging::Boxes;
use crate::kernel::{Day, Result, fault, places};
use crate::web::Fields;

/// So many years of turnover the form asks for, the last one first.
const YEARS: i16 = 3;

/// Every text of the profile by the name of its box.
macro_rules! texts {
    ($($name:literal $field:ident),* $(,)?) => {
        fn put_texts(boxes: &mut Boxes, profile: &Profile) {
            $(boxes.put($name, &profile.$field);)*
        }
        fn texts(fields: &Fields) -> Profile {
            Profile { $($field: fields.get($name),)* ..Profile::default() }
        }
    };
}
texts!(
    "name_en" name_en,
    "registration" registration,
    "registered_on" registered_on,
    "address" address,
    "postcode" postcode,
    "phone" phone,
    "profile_email" email,
    "website" website,
    "representative" representative,
    "representative_position" representative_position,
    "representative_email" representative_email,
    "contact" contact,
    "contact_email" contact_email,
    "contact_phone" contact_phone,
    "mission" mission,
    "staff_women" staff_women,
    "staff_men" staff_men,
    "volunteers" volunteers,
    "members" members,
    "board_women" board_women,
    "board_men" board_men,
    "donors" donors,
    "finances" finances,
);

/// What the form of a profile holds, whatever was typed.
#[derive(Clone, Debug)]
pub struct TypedProfile {
    pub name: String,
    pub acronym: String,
    pub legal_form: Option<LegalForm>,
    pub municipality: String,
    pub profile: Profile,
}

impl TypedProfile {
    #[must_use]
    pub fn of(fields: &Fields) -> Self {
        let known = |code: &str| places::find(code).map(|place| place.code.clone());
        let year = |row: &String| Turnover { year: fields.get(&format!("turnover.{row}.year")), euros: fields.get(&format!("turnover.{row}.euros")) };
        let profile = Profile {
            active_in: fields.all("active_in").iter().filter_map(|code| known(code)).collect(),
            turnover: fields.rows("turnover").iter().map(year).collect(),
            vat_registered: fields.raw("vat_registered") == "yes",
            ..texts(fields)
        };
        Self {
            name: fields.get("name"),
            acronym: fields.get("acronym"),
            legal_form: fields.raw("legal_form").parse().ok(),
            municipality: known(fields.raw("municipality")).unwrap_or_default(),
            profile,
        }
    }
    /// Puts it into the organisation. A name or a legal form that was emptied stays as it was: there is no organisation without.
    ///
    /// # Errors
    /// `Fault` when the profile cannot be written as JSON.
    pub(super) fn into(self, organisation: &mut Organisation) -> Result<()> {
        if !self.name.is_empty() {
            organisation.name = self.name;
        }
        organisation.acronym = self.acronym;
        organisation.legal_form = self.legal_form.unwrap_or(organisation.legal_form);
        organisation.municipality = self.municipality;
        organisation.profile = serde_json::to_string(&self.profile).map_err(fault)?;
        organisation.search = organisation.search_text();
        Ok(())
    }
}

/// The boxes of a form as it was sent.
pub(super) fn typed_boxes(typed: &TypedProfile, today: Day) -> Boxes {
    boxes_of(&typed.name, &typed.acronym, typed.legal_form, &typed.municipality, with_years(typed.profile.clone(), today))
}

/// Every box of the form with what stands in it; `today` says for which years the turnover is asked.
pub(super) fn boxes(organisation: &Organisation, today: Day) -> Boxes {
    let profile = with_years(organisation.profile(), today);
    boxes_of(&organisation.name, &organisation.acronym, Some(organisation.legal_form), &organisation.municipality, profile)
}

fn boxes_of(name: &str, acronym: &str, legal_form: Option<LegalForm>, municipality: &str, profile: Profile) -> Boxes {
    let mut boxes = Boxes::default();
    boxes.put("name", name);
    boxes.put("acronym", acronym);
    boxes.put("legal_form", legal_form.map_or("", |form| form.as_str()));
    boxes.put("municipality", municipality);
    put_texts(&mut boxes, &profile);
    boxes.put_all("vat_registered", if profile.vat_registered { vec!["yes".into()] } else { vec![] });
    boxes.put_all("active_in", profile.active_in);
    for (row, year) in profile.turnover.iter().enumerate() {
        boxes.put(&format!("turnover.{row}.year"), &year.year);
        boxes.put(&format!("turnover.{row}.euros"), &year.euros);
    }
    boxes
}

/// The profile with a row for each of the last years.
pub(super) fn with_years(mut profile: Profile, today: Day) -> Profile {
    for before in 1..=YEARS {
        if profile.turnover.len() < usize::try_from(before).unwrap_or_default() {
            profile.turnover.push(Turnover { year: (today.0.year() - before).to_string(), euros: String::new() });
        }
    }
    profile
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::{Instant, OrganisationId};

    #[test]
    fn every_box_goes_out_and_comes_back() {
        let filled = Profile {
            name_en: "Youth".into(),
            active_in: vec![places::all()[0].code.clone()],
            turnover: vec![Turnover { year: "2016".into(), euros: "12.000".into() }],
            vat_registered: true,
            finances: "A book-keeper.".into(),
            ..Profile::default()
        };
        let mut organisation = Organisation {
            id: OrganisationId::new(),
            nipt: "L30406129C".into(),
            name: "Rinia".into(),
            acronym: String::new(),
            legal_form: LegalForm::Center,
            municipality: places::all()[3].code.clone(),
            profile: serde_json::to_string(&filled).unwrap(),
            search: String::new(),
            created_at: Instant::at_tirane("2017-01-01T00:00").unwrap(),
            saved_at: None,
            saved_by: None,
            noted_at: None,
            version: 1,
        };
        let today: Day = "2017-10-20".parse().unwrap();
        let before = boxes(&organisation, today);
        assert_eq!(before.get("turnover.2.year"), Some(["2014".to_owned()].as_slice()));
        let mut typed = TypedProfile::of(&Fields::new(before.pairs()));
        typed.name = String::new();
        typed.into(&mut organisation).unwrap();
        assert_eq!(boxes(&organisation, today), before);
        assert_eq!(organisation.profile(), with_years(filled, today));
    }
}
