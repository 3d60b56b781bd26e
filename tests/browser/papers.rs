//! A paper is sent from a phone: the line is slow and breaks, the page is loaded again in the middle, a photo is made smaller first.
use crate::drafts::{CUT, DEAF, Line, OPEN};
use crate::webdriver::Browser;
use crate::{Visitor, World};
use serde_json::json;
use std::time::Duration;
use subgrant::applications::{Attachment, records};
use subgrant::kernel::ApplicationId;

struct Scene<'a> {
    world: &'a World,
    browser: &'a Browser,
    line: Line,
    application: ApplicationId,
}

impl<'a> Scene<'a> {
    fn of(world: &'a World, browser: &'a Browser, writer: &Visitor) -> Self {
        world.pact();
        let to = writer.post("/pact/calls/R3/applications", &[]).expect(303).location.unwrap();
        let application = to.rsplit('/').next().unwrap().parse().unwrap();
        let line = Line::to(world.address.rsplit(':').next().unwrap().parse().unwrap());
        browser.become_visitor(&line.address, writer);
        Self { world, browser, line, application }
    }
    fn open(&self) {
        self.browser.set_cookie("lang", "en");
        self.browser.go(&format!("{}/applications/{}/attachments", self.line.address, self.application));
    }
    fn press(&self) {
        self.browser.run("document.querySelector('#slot-statute form[data-send] button:not([type])').click()");
    }
    fn until(&self, what: &str, script: &str) {
        let came = (0..600).any(|_| {
            std::thread::sleep(Duration::from_millis(100));
            self.browser.run(script) == true
        });
        assert!(came, "{what}: {}", self.browser.run("return document.querySelector('#slot-statute').innerText"));
    }
    fn arrived(&self, part: f64) {
        let script = format!("const e=document.querySelector('.sending progress');return !!e&&e.value>e.max*{part}");
        self.until(&format!("{part} of it arrived"), &script);
    }
    fn papers(&self) -> Vec<Attachment> {
        self.world.read(|conn| records::attachments(conn, self.application))
    }
    fn bytes_of(&self, paper: &Attachment) -> Vec<u8> {
        std::fs::read(self.world.app.files.path(&paper.sha256)).unwrap()
    }
}

const THERE: &str = "return document.readyState==='complete'&&!!document.querySelector('#slot-statute .rep a')";

#[test]
fn a_file_arrives_whole_over_a_slow_line_that_breaks_and_a_page_that_is_loaded_again() {
    let Some(browser) = crate::browser() else { return };
    let world = World::new();
    let scene = Scene::of(&world, &browser, &world.applicant("Arta", "Qendra Rinia (example)"));
    let mut scan = b"%PDF-1.4\n%".to_vec();
    scan.extend((0..2_500_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8));
    scan.extend_from_slice(&crate::visitor::pdf("Statuti"));
    let file = world.folder().join("statuti.pdf");
    std::fs::write(&file, &scan).unwrap();

    scene.open();
    browser.slow(400_000);
    browser.choose_file("statute", &file);
    scene.press();
    scene.arrived(0.1);
    scene.line.set(CUT);
    scene.until("it says that there is no connection", "return document.querySelector('.sending').innerText.includes('No connection')");
    scene.line.set(OPEN);
    scene.arrived(0.3);
    // What is sent arrives, and its answer does not.
    scene.line.set(DEAF);
    std::thread::sleep(Duration::from_millis(1_500));
    scene.line.set(OPEN);
    scene.arrived(0.5);
    // The page is gone and comes again; the same file goes on.
    scene.open();
    let told = browser.run("return document.querySelector('#slot-statute .note').innerText");
    assert!(told.as_str().unwrap().contains("have arrived. Choose the same file again"), "{told}");
    browser.choose_file("statute", &file);
    scene.press();
    scene.until("it goes on", "return !!document.querySelector('.sending')&&document.querySelector('.sending').innerText.includes('were here already')");
    browser.slow(0);
    scene.until("it is there", THERE);
    let notice = browser.run("return document.querySelector('.notice-wrap').innerText");
    assert!(notice.as_str().unwrap().contains("“statuti.pdf” was added."), "{notice}");
    let papers = scene.papers();
    assert_eq!(papers.len(), 1);
    assert!(scene.bytes_of(&papers[0]) == scan, "byte for byte");
}

#[test]
fn a_photo_is_made_smaller_and_a_refusal_stands_beside_its_document() {
    let Some(browser) = crate::browser() else { return };
    let world = World::new();
    let scene = Scene::of(&world, &browser, &world.applicant("Arta", "Qendra Rinia (example)"));
    scene.open();
    // What is no PDF inside is told with its first piece.
    let html = world.folder().join("statuti.pdf");
    std::fs::write(&html, [b"<html>".to_vec(), vec![b'x'; 400_000]].concat()).unwrap();
    browser.choose_file("statute", &html);
    scene.press();
    scene.until(
        "it is refused",
        "return !!document.querySelector('#slot-statute .sending .msg')&&document.querySelector('#slot-statute .sending').innerText.includes('is not a PDF')",
    );
    assert!(scene.papers().is_empty());
    // A picture as a phone takes it: 4000 times 3000, with the noise of a real one.
    browser.run_with(
        "const c=document.createElement('canvas');c.width=4000;c.height=3000;const p=c.getContext('2d'),s=p.createImageData(4000,3000);let n=1;for(let i=0;i<s.data.length;i+=4){n=n*1664525+1013904223>>>0;const v=128+(n>>>27)*(i%9);s.data[i]=v;s.data[i+1]=v;s.data[i+2]=v;s.data[i+3]=255}p.putImageData(s,0,0);c.toBlob(b=>{const t=new DataTransfer();t.items.add(new File([b],'IMG_0001.JPG',{type:'image/jpeg',lastModified:1}));document.getElementById('statute').files=t.files;document.body.dataset.photo=b.size},'image/jpeg',.95)",
        &json!([]),
    );
    scene.until("the photo is taken", "return !!document.body.dataset.photo");
    let taken: i64 = browser.run("return document.body.dataset.photo").as_str().unwrap().parse().unwrap();
    assert!(taken > 1_500_000, "{taken}");
    scene.press();
    scene.until("it is there", THERE);
    let notice = browser.run("return document.querySelector('.notice-wrap').innerText");
    assert!(notice.as_str().unwrap().contains("The photo was made smaller for the way"), "{notice}");
    let paper = scene.papers().remove(0);
    assert_eq!((paper.name.as_str(), paper.media_type.as_str()), ("IMG_0001.jpg", "image/jpeg"));
    assert!(paper.bytes < taken, "{} of {taken}", paper.bytes);
    let bytes = scene.bytes_of(&paper);
    let frame = bytes.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
    let side = |at: usize| usize::from(bytes[frame + at]) * 256 + usize::from(bytes[frame + at + 1]);
    assert_eq!((side(7), side(5)), (2_200, 1_650), "width and height");
    // Without scripts the form sends the whole.
    browser.scripts(false);
    scene.open();
    std::fs::write(&html, crate::visitor::pdf("plain")).unwrap();
    browser.choose_file("statute", &html);
    let before = scene.papers().len();
    browser.scripts(true);
    browser.run("HTMLFormElement.prototype.submit.call(document.querySelector('#slot-statute form[data-send]'))");
    scene.until("the plain form came through", "return document.readyState==='complete'&&document.querySelectorAll('#slot-statute .rep a').length===2");
    assert_eq!(scene.papers().len(), before + 1);
}
