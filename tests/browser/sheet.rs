//! The score sheet in a browser: what is scored is kept without a button, and comes back.
use crate::demo::Demo;
use serde_json::json;
use std::time::Duration;

#[test]
fn a_score_and_a_comment_are_kept_without_a_button() {
    let Some(browser) = crate::browser() else { return };
    // The evaluators of Round 2 are in the middle of their sheets.
    let demo = Demo::start("2017-06-18T10:00");
    // Whoever has not begun says first that nothing stands in the way.
    let clear = "const f=document.querySelector('form[action$=\"/clearance\"],form[action$=\"/declaration\"]');if(!f)return false;f.querySelectorAll('input[type=checkbox]').forEach(c=>c.checked=true);f.querySelector('button').click();return true";
    let open = "return [...document.querySelectorAll('main a')].map(a=>a.href).find(a=>/evaluations\\/[0-9a-f-]{36}$/.test(a)&&!window.seen?.includes(a))";
    let sheet = ["evaluator", "evaluator-2", "evaluator-3", "evaluator-4", "evaluator-5", "evaluator-6"].into_iter().find_map(|key| {
        browser.go(&format!("{}/demo/sign-in/{key}", demo.address));
        let links = browser.run(&open.replace("find(", "filter(")).as_array().cloned().unwrap_or_default();
        links.into_iter().filter_map(|link| link.as_str().map(ToOwned::to_owned)).find(|link| {
            browser.go(link);
            for _ in 0..2 {
                if browser.run(clear) == true {
                    std::thread::sleep(Duration::from_millis(1_500));
                    browser.go(link);
                }
            }
            browser.run("return !!document.querySelector('form[data-draft]')") == true
        })
    });
    let sheet = sheet.expect("somebody has a sheet that is not signed");
    let saved = || {
        (0..150).any(|_| {
            std::thread::sleep(Duration::from_millis(100));
            browser.run("return document.getElementById('saving').classList.contains('ok')") == true
        })
    };
    let name = browser.run("return document.querySelector('.crit input[type=radio]').name").as_str().unwrap().to_owned();
    browser.run_with("document.querySelector(`input[name=\"${arguments[0]}\"][value=\"2\"]`).click()", &json!([name]));
    browser.run("const e=document.querySelector('textarea[name^=\"comment.\"]');e.value='Pa asnjë buton.';e.dispatchEvent(new Event('input',{bubbles:true}))");
    assert!(saved(), "{}", browser.run("return document.getElementById('saving').textContent"));
    browser.go(&sheet);
    assert_eq!(browser.run_with("return document.querySelector(`input[name=\"${arguments[0]}\"]:checked`)?.value", &json!([name])), "2");
    assert_eq!(browser.run("return document.querySelector('textarea[name^=\"comment.\"]').value"), "Pa asnjë buton.");
    // Without a connection the words stay on the device, and leaving is warned of.
    browser.offline(true);
    browser.run("const e=document.querySelector('textarea[name^=\"comment.\"]');e.value='Pa lidhje.';e.dispatchEvent(new Event('input',{bubbles:true}))");
    assert!((0..100).any(|_| {
        std::thread::sleep(Duration::from_millis(100));
        browser.run("return document.getElementById('saving').classList.contains('off')") == true
    }));
    assert_eq!(browser.run("return !dispatchEvent(new Event('beforeunload',{cancelable:true}))"), true);
    browser.offline(false);
    browser.run("dispatchEvent(new Event('online'))");
    assert!(saved());
}
