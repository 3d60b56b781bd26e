//! Cases of the papers' rules: room, kinds, twins, validity, and what the profile's papers are worth.
use super::*;
use crate::accounts::LegalForm;
use crate::applications::content::{OrganisationNow, Partner, Partners};
use crate::kernel::{Instant, OrganisationId, PaperId, PersonId};

/// R3 of the real fund, which also asks for a tax certificate that must still be valid.
fn round() -> Round {
    let file = crate::calls::file::read("pact.toml", include_str!("../../../config/programmes/pact.toml")).unwrap();
    let found = file.rounds.into_iter().find(|round| round.code == "R3").unwrap();
    let mut round = found.published();
    let terms = &mut round.terms;
    let mut tax = terms.document("nipt").unwrap().clone();
    tax.key = "tax".into();
    tax.validity = true;
    tax.kinds = vec![FileKind::Pdf];
    tax.megabytes = 2;
    terms.documents.push(tax);
    round
}

fn paper(document: &str, sha256: &str, bytes: i64, valid_until: Option<&str>) -> AttachmentNote {
    AttachmentNote {
        document: document.into(),
        name: "a.pdf".into(),
        bytes,
        sha256: sha256.into(),
        valid_until: valid_until.map(|day| day.parse().unwrap()),
        scan: None,
    }
}

fn file(attachments: Vec<AttachmentNote>) -> File {
    let organisation = OrganisationNow {
        nipt: "L61234567A".into(),
        name: "Rinia (example)".into(),
        acronym: String::new(),
        legal_form: LegalForm::Center,
        municipality: "klos".into(),
        profile: crate::accounts::Profile::default(),
    };
    File {
        organisation,
        partners: Partners { partners: vec![Partner { key: "p1".into(), name: "Buna (example)".into(), ..Partner::default() }] },
        summary: crate::applications::content::Summary::default(),
        description: crate::applications::content::Description::default(),
        logframe: crate::applications::content::Logframe::default(),
        plan: crate::applications::content::Plan::default(),
        budget: crate::applications::content::Budget::default(),
        capacity: crate::applications::content::Capacity::default(),
        declarations: crate::applications::content::Declarations::default(),
        attachments,
    }
}

fn codes(reasons: &[Reason]) -> Vec<&str> {
    reasons.iter().map(|reason| reason.code.as_str()).collect()
}

#[test]
fn a_paper_is_asked_for_of_a_kind_that_is_taken_and_there_is_room() {
    let round = round();
    let empty = file(vec![]);
    let full = file(vec![paper("statute", "a", MOST_BYTES - 100, None)]);
    let crowded = file((0..MOST_PAPERS).map(|n| paper("statute", &n.to_string(), 1, None)).collect());
    let cases: [(&File, &str, i64, FileKind, &[&str]); 10] = [
        (&empty, "statute", 10_000_000, FileKind::Docx, &[]),
        (&empty, "statute", 10_000_001, FileKind::Pdf, &["file-too-large"]),
        (&empty, "tax", 2_000_000, FileKind::Pdf, &[]),
        (&empty, "tax", 2_000_001, FileKind::Photo, &["file-too-large", "file-not-taken"]),
        (&empty, "partner-declaration.p1", 1, FileKind::Photo, &[]),
        (&empty, "partner-declaration.p2", 1, FileKind::Photo, &["not-asked-for"]),
        (&empty, "diploma", 1, FileKind::Pdf, &["not-asked-for"]),
        (&full, "statute", 100, FileKind::Pdf, &[]),
        (&full, "statute", 101, FileKind::Pdf, &["no-room"]),
        (&crowded, "statute", 1, FileKind::Pdf, &["no-room"]),
    ];
    for (file, document, bytes, kind, expected) in cases {
        assert_eq!(codes(&attaching(file, &round, document, bytes, Some(kind))), expected, "{document} {bytes} {kind}");
    }
    assert_eq!(space(&full), Space { papers: 1, bytes: MOST_BYTES - 100, bytes_left: 100 });
}

#[test]
fn the_same_file_is_noticed_where_it_is() {
    let round = round();
    let file = file(vec![paper("statute", "aa", 1, None), paper("partner-declaration.p1", "bb", 1, None), paper("gone", "cc", 1, None)]);
    assert_eq!(twin(&file, &round, "statute", "aa"), Some(Twin::Same));
    assert_eq!(twin(&file, &round, "statute", "dd"), None);
    assert_eq!(twin(&file, &round, "statute", "cc"), None, "the call does not ask for that one any more");
    let Some(Twin::Elsewhere(name)) = twin(&file, &round, "statute", "bb") else { panic!("it is the partner's statement") };
    assert_eq!(name.en, "Partner statement, signed, Buna (example)");
}

#[test]
fn a_paper_that_must_be_valid_is_so_on_the_closing_day() {
    let round = round();
    let said = |papers: Vec<AttachmentNote>| {
        let reasons = attachments(&file(papers), &round);
        codes(&reasons).into_iter().zip(&reasons).filter(|(_, reason)| reason.at == "attachments#tax").map(|(code, _)| code.to_owned()).collect::<Vec<_>>()
    };
    let tax = |day: Option<&str>| paper("tax", "aa", 1, day);
    assert_eq!(said(vec![]), ["no-document"]);
    assert_eq!(said(vec![tax(None)]), ["no-validity"]);
    assert_eq!(said(vec![tax(Some("2017-10-24"))]), ["expires"]);
    assert_eq!(said(vec![tax(Some("2017-10-25"))]), [""; 0], "its last day counts");
    assert_eq!(said(vec![tax(Some("2017-10-24")), tax(Some("2017-12-31"))]), [""; 0], "one that is valid is enough");
    assert_eq!(said(vec![tax(Some("2017-10-24")), tax(None)]), ["no-validity"]);
    // Where the call does not ask, a day is only a day.
    assert!(attachments(&file(vec![paper("nipt", "aa", 1, Some("2001-01-01"))]), &round).iter().all(|reason| reason.at != "attachments#nipt"));
}

#[test]
fn a_paper_of_the_profile_is_worth_what_its_last_day_says() {
    let round = round();
    let (today, closing): (Day, Day) = ("2017-10-20".parse().unwrap(), round.closes_at.day());
    let (tax, statute) = (round.terms.document("tax").unwrap(), round.terms.document("statute").unwrap());
    for (document, until, expected) in [
        (statute, None, Worth::Good),
        (statute, Some("2017-10-20"), Worth::Good),
        (statute, Some("2017-10-19"), Worth::Expired),
        (tax, None, Worth::Unsaid),
        (tax, Some("2017-10-19"), Worth::Expired),
        (tax, Some("2017-10-24"), Worth::TooShort),
        (tax, Some("2017-10-25"), Worth::Good),
    ] {
        let until: Option<Day> = until.map(|day| day.parse().unwrap());
        assert_eq!(worth(until, document, closing, today), expected, "{} {until:?}", document.key);
    }
    let kept = |kind, until: Option<&str>| OrganisationPaper {
        id: PaperId::new(),
        organisation_id: OrganisationId::new(),
        kind,
        sha256: "aa".into(),
        name: "a.pdf".into(),
        media_type: "application/pdf".into(),
        bytes: 1,
        valid_until: until.map(|day| day.parse().unwrap()),
        kept_by: PersonId::new(),
        kept_by_name: "Arta".into(),
        kept_at: Instant::at_tirane("2017-10-01T10:00").unwrap(),
        removed_at: None,
    };
    let taking = |key: &str, paper: &OrganisationPaper| codes(&taking_kept(&round, key, paper, today)).join(" ");
    assert_eq!(taking("statute", &kept(PaperKind::Statute, None)), "");
    assert_eq!(taking("statute", &kept(PaperKind::Nipt, None)), "not-asked-for", "another kind of paper");
    assert_eq!(taking("partner-declaration.p1", &kept(PaperKind::Statute, None)), "not-asked-for");
    assert_eq!(taking("tax", &kept(PaperKind::Tax, Some("2017-10-19"))), "expired");
    assert_eq!(taking("tax", &kept(PaperKind::Tax, Some("2017-10-24"))), "expires");
    assert_eq!(taking("tax", &kept(PaperKind::Tax, None)), "", "its day can be told afterwards");
    assert_eq!(kept_as(&round, "support"), None, "a letter of support belongs to one call");
}

#[test]
fn an_unscanned_or_infected_paper_stands_in_the_way() {
    let round = round();
    for (scan, expected) in [(None, ""), (Some(Scan::Clean), ""), (Some(Scan::Waiting), "scan-waiting"), (Some(Scan::Infected), "infected")] {
        let statute = AttachmentNote { scan, ..paper("statute", "aa", 1, None) };
        let reasons = attachments(&file(vec![statute]), &round);
        let said: Vec<&str> = reasons.iter().filter(|reason| reason.at == "attachments#statute").map(|reason| reason.code.as_str()).collect();
        assert_eq!(said.join(" "), expected);
    }
}
