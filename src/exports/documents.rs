//! What the PDFs of an application say: its receipt, and the whole of it as the reading page shows it, from the same view with the same
//! pure functions. A figure is computed nowhere else.
mod parts;

use crate::applications::reading::FileView;
use crate::applications::{PrintKind, Receipt};
use crate::calls::Round;
use crate::kernel::{Instant, Tr};
use crate::programmes::Programme;
use crate::workflow::pdf::{Block, Document, Fingerprint, Pair, Section};

/// An application with what stands around it on paper. Whatever a frozen version says comes from its file, never from the rows of today.
pub struct Sheet {
    pub t: Tr,
    pub programme: Programme,
    pub round: Round,
    pub file: FileView,
    /// The site's own, for what is printed to be looked up.
    pub address: String,
}

impl Sheet {
    /// A frozen version as `kind`; `by` is empty where the reader is not told who handed it in.
    #[must_use]
    pub fn of_submission(&self, kind: PrintKind, receipt: &Receipt, by: &str) -> Document {
        let t = self.t;
        let (name, sections) = match kind {
            PrintKind::Application => (t.application_read_short().to_owned(), parts::sections(&self.file, t)),
            PrintKind::Reading => (format!("{} · {}", t.application_read_short(), t.exports_pdf_reading()), parts::sections(&self.file, t)),
            PrintKind::Receipt => (t.application_receipt_short().to_owned(), vec![self.papers()]),
        };
        let submitted_at = t.moment_exact(receipt.submitted_at);
        let mut facts = vec![
            Pair::new(t.application_server_time(), t.application_tirana_time(&submitted_at)),
            Pair::new(t.application_submission(), receipt.number.to_string()),
        ];
        if !by.is_empty() {
            facts.push(Pair::new(t.application_submitted_by(), by));
        }
        facts.extend(self.amounts());
        Document {
            // The paper itself says where it belongs, whatever its file is called later.
            keywords: vec![receipt.code.clone(), format!("submission {}", receipt.number), kind.to_string(), receipt.sha256.clone()],
            when: t.exports_pdf_submitted(submitted_at),
            fingerprint: Some(Fingerprint {
                label: t.application_fingerprint().into(),
                groups: receipt.groups(),
                text: format!("{} {}", t.exports_pdf_fingerprint(), t.exports_pdf_check()),
                address: format!("{}/receipts", self.address),
            }),
            sections,
            ..self.document(&name, &receipt.code, facts, receipt.submitted_at)
        }
    }

    /// A draft as it stands at this instant: good for reading it through, and for nothing else. It has a code where it was handed in before.
    #[must_use]
    pub fn of_draft(&self, code: &str, now: Instant) -> Document {
        let t = self.t;
        let mut facts = vec![Pair::new(t.exports_pdf_as_it_stood(), t.application_tirana_time(t.moment(now)))];
        facts.extend(self.amounts());
        Document {
            keywords: vec![code.to_owned(), format!("draft {now}")],
            mark: t.exports_pdf_draft().into(),
            sections: parts::sections(&self.file, t),
            ..self.document(t.application_read_short(), code, facts, now)
        }
    }

    /// What the applicant declares, to be signed on paper.
    #[must_use]
    pub fn declaration(&self, now: Instant) -> Document {
        let (t, organisation) = (self.t, &self.file.file.organisation);
        let who = [
            Pair::new(t.application_org_name(), &organisation.name),
            Pair::new("NIPT", &organisation.nipt),
            Pair::new(t.application_org_representative(), &organisation.profile.representative).with(&organisation.profile.representative_position),
        ];
        // All of them, ticked or not yet: the signature is asked for before the last part is reached.
        let wordings = self.round.terms.declarations.iter().map(|declaration| declaration.wording.say(t).to_owned()).collect();
        self.to_sign(t.exports_pdf_declaration(), who.into(), vec![Block::List { items: wordings }], now)
    }

    /// The same of a partner; none where there is no such partner.
    #[must_use]
    pub fn partner_declaration(&self, key: &str, now: Instant) -> Option<Document> {
        let t = self.t;
        let partner = self.file.file.partners.partners.iter().find(|partner| partner.key == key)?;
        let who = [
            Pair::new(t.application_partner_name(), &partner.name),
            Pair::new("NIPT", &partner.nipt),
            Pair::new(t.application_partner_representative(), &partner.representative),
            Pair::new(t.exports_pdf_lead(), &self.file.file.organisation.name),
        ];
        let text = |heading: &str, text: &str| Block::Text { heading: heading.into(), text: text.into(), lang: None };
        let words = vec![text("", self.round.terms.partner_wording().say(t)), text(t.application_partner_role(), &partner.role)];
        Some(self.to_sign(t.exports_pdf_partner_declaration(), who.into(), words, now))
    }

    fn to_sign(&self, kind: &str, who: Vec<Pair>, words: Vec<Block>, now: Instant) -> Document {
        let t = self.t;
        let line = "_".repeat(40);
        let signature =
            [t.exports_pdf_signer(), t.exports_pdf_position(), t.exports_pdf_date(), t.exports_pdf_signature()].map(|label| Pair::new(label, &line));
        let sections = vec![
            Section { heading: kind.to_owned(), blocks: words },
            Section { heading: t.exports_pdf_signature().into(), blocks: vec![Block::Pairs { pairs: signature.into() }] },
        ];
        Document { keywords: vec![format!("declaration {now}")], sections, ..self.document(kind, "", who, now) }
    }

    fn papers(&self) -> Section {
        Section { heading: self.t.application_step_attachments().into(), blocks: vec![parts::papers(&self.file, self.t)] }
    }

    fn amounts(&self) -> [Pair; 2] {
        let (t, totals) = (self.t, &self.file.totals);
        [Pair::new(t.application_total(), t.euro(totals.total)), Pair::new(t.application_requested(), t.euro(totals.requested))]
    }

    /// What every document says at its head; a paper to be signed without amounts, which would age under the signature.
    fn document(&self, kind: &str, code: &str, mut facts: Vec<Pair>, made_at: Instant) -> Document {
        let (t, file) = (self.t, &self.file.file);
        let (fund, round) = (self.programme.terms.name.say(t), self.round.terms.name.say(t));
        facts.extend([Pair::new(t.exports_pdf_fund(), fund), Pair::new(t.exports_pdf_round(), round)]);
        let heading = if file.summary.title.is_empty() { t.application_untitled() } else { &file.summary.title };
        let head = if code.is_empty() { kind.to_owned() } else { format!("{code}: {kind}") };
        Document {
            lang: t.0,
            title: format!("{head}, {heading}"),
            author: file.organisation.name.clone(),
            keywords: vec![],
            made_at,
            kind: kind.to_owned(),
            code: code.to_owned(),
            heading: heading.to_owned(),
            subheading: file.organisation.name.clone(),
            mark: String::new(),
            head,
            when: String::new(),
            foot: format!("{fund} · {round}"),
            page_of: t.exports_pdf_page("{page}", "{pages}"),
            facts,
            fingerprint: None,
            sections: vec![],
            undrawn: t.exports_pdf_undrawn().into(),
        }
    }
}
