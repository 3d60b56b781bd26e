//! A browser and its driver, ended with the test; the few words of WebDriver that the tests need, spoken over HTTP.
use crate::Visitor;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Nothing that would call home, nothing that needs a screen.
const ARGUMENTS: [&str; 11] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    "--window-size=1280,1600",
];

pub struct Browser {
    driver: Child,
    client: reqwest::blocking::Client,
    session: String,
    _profile: tempfile::TempDir,
}

/// The element that has the focus.
pub struct Focus {
    /// `input#email`, `a.skip`
    pub what: String,
    pub shows: bool,
    pub in_window: bool,
}

fn program(names: &[&str]) -> Option<PathBuf> {
    let places = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&places).flat_map(|place| names.iter().map(move |name| place.join(name)).collect::<Vec<_>>()).find(|path| path.is_file())
}

impl Browser {
    pub fn start() -> Result<Self, String> {
        let Some(driver) = program(&["chromedriver"]) else { return Err("chromedriver is not installed".into()) };
        let Some(chromium) = program(&["chromium", "chromium-browser", "google-chrome"]) else { return Err("Chromium is not installed".into()) };
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let driver =
            Command::new(driver).arg(format!("--port={port}")).stdout(Stdio::null()).stderr(Stdio::null()).spawn().map_err(|error| error.to_string())?;
        let profile = tempfile::tempdir().unwrap();
        let client = reqwest::blocking::Client::builder().timeout(Duration::from_secs(120)).build().unwrap();
        let mut browser = Self { driver, client, session: format!("http://127.0.0.1:{port}"), _profile: profile };
        let up = (0..100).any(|_| {
            std::thread::sleep(Duration::from_millis(100));
            std::net::TcpStream::connect(("127.0.0.1", port)).is_ok()
        });
        assert!(up, "chromedriver does not listen");
        let mut arguments: Vec<String> = ARGUMENTS.map(ToOwned::to_owned).to_vec();
        arguments.push(format!("--user-data-dir={}", browser._profile.path().display()));
        let wish = json!({ "browserName": "chrome", "goog:chromeOptions": { "binary": chromium, "args": arguments }, "timeouts": { "script": 60_000 } });
        let begun = browser.say("session", &json!({ "capabilities": { "alwaysMatch": wish } }));
        browser.session = format!("{}/session/{}", browser.session, begun["sessionId"].as_str().expect("a session"));
        Ok(browser)
    }

    fn say(&self, what: &str, with: &Value) -> Value {
        let answer = self.client.post(format!("{}/{what}", self.session)).json(with).send().unwrap();
        let good = answer.status().is_success();
        let value = answer.json::<Value>().unwrap()["value"].take();
        assert!(good, "{what}: {value}");
        value
    }
    fn develop(&self, command: &str, parameters: Value) -> Value {
        self.say("goog/cdp/execute", &json!({ "cmd": command, "params": parameters }))
    }
    pub fn run(&self, script: &str) -> Value {
        self.say("execute/sync", &json!({ "script": script, "args": [] }))
    }

    pub fn go(&self, address: &str) {
        self.say("url", &json!({ "url": address }));
    }
    /// A device of this width: a phone below 500 px.
    pub fn width(&self, width: u32) {
        let phone = width < 500;
        self.develop("Emulation.setDeviceMetricsOverride", json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": phone }));
    }
    /// Takes the line to the server away, or gives it back.
    pub fn offline(&self, offline: bool) {
        if offline {
            let none = json!({ "offline": true, "latency": 0, "download_throughput": 0, "upload_throughput": 0 });
            self.say("chromium/network_conditions", &json!({ "network_conditions": none }));
        } else {
            assert!(self.client.delete(format!("{}/chromium/network_conditions", self.session)).send().unwrap().status().is_success());
        }
    }
    /// Without any cookie: a stranger.
    pub fn become_nobody(&self, address: &str) {
        self.go(&format!("{address}/healthz"));
        let gone = self.client.delete(format!("{}/cookie", self.session)).send().unwrap();
        assert!(gone.status().is_success());
    }
    /// The same cookies as this visitor: the same person.
    pub fn become_visitor(&self, address: &str, visitor: &Visitor) {
        self.become_nobody(address);
        for name in [subgrant::web::SESSION_COOKIE, subgrant::web::VISITOR_COOKIE] {
            if let Some(value) = visitor.cookie(name) {
                self.set_cookie(name, &value);
            }
        }
    }
    pub fn set_cookie(&self, name: &str, value: &str) {
        self.say("cookie", &json!({ "cookie": { "name": name, "value": value, "path": "/" } }));
    }

    pub fn forget_cookie(&self, name: &str) {
        assert!(self.client.delete(format!("{}/cookie/{name}", self.session)).send().unwrap().status().is_success());
    }
    /// A second tab beside this one; the names of both, this one's first.
    pub fn second_tab(&self) -> [String; 2] {
        let here = self.client.get(format!("{}/window", self.session)).send().unwrap().json::<Value>().unwrap()["value"].as_str().unwrap().to_owned();
        let there = self.say("window/new", &json!({ "type": "tab" }))["handle"].as_str().unwrap().to_owned();
        [here, there]
    }
    pub fn close_tab(&self) {
        assert!(self.client.delete(format!("{}/window", self.session)).send().unwrap().status().is_success());
    }
    pub fn turn_to(&self, tab: &str) {
        self.say("window", &json!({ "handle": tab }));
    }
    /// What a script answers to these values.
    pub fn run_with(&self, script: &str, values: &Value) -> Value {
        self.say("execute/sync", &json!({ "script": script, "args": values }))
    }

    /// The status with which the page was answered.
    pub fn status(&self) -> u64 {
        self.run("return performance.getEntriesByType('navigation')[0].responseStatus").as_u64().unwrap_or(0)
    }
    /// Where its links lead, as far as they stay in the house.
    pub fn links(&self) -> Vec<String> {
        let found = self.run("return [...document.querySelectorAll(\"a[href^='/']\")].map(a=>a.getAttribute('href')).reverse()");
        found.as_array().into_iter().flatten().filter_map(|href| href.as_str().map(ToOwned::to_owned)).collect()
    }
    pub fn press_tab(&self) {
        self.press("Tab", "", 9);
    }
    /// One key, down and up; with the text that it writes.
    pub fn press(&self, key: &str, text: &str, code: u32) {
        let kind = if text.is_empty() { "rawKeyDown" } else { "keyDown" };
        self.develop("Input.dispatchKeyEvent", json!({ "type": kind, "key": key, "code": key, "text": text, "windowsVirtualKeyCode": code }));
        self.develop("Input.dispatchKeyEvent", json!({ "type": "keyUp", "key": key, "code": key, "windowsVirtualKeyCode": code }));
    }
    /// Writes over what stands in the box that has the focus.
    pub fn write(&self, text: &str) {
        let all = json!({ "type": "rawKeyDown", "key": "a", "code": "KeyA", "windowsVirtualKeyCode": 65, "modifiers": 2, "commands": ["selectAll"] });
        self.develop("Input.dispatchKeyEvent", all);
        self.develop("Input.dispatchKeyEvent", json!({ "type": "keyUp", "key": "a", "code": "KeyA", "windowsVirtualKeyCode": 65, "modifiers": 2 }));
        self.develop("Input.insertText", json!({ "text": text }));
    }
    /// A line that carries so many bytes a second; 0: as many as it can.
    pub fn slow(&self, bytes: i64) {
        self.develop("Network.enable", json!({}));
        let upward = if bytes > 0 { bytes } else { -1 };
        self.develop("Network.emulateNetworkConditions", json!({ "offline": false, "latency": 0, "downloadThroughput": -1, "uploadThroughput": upward }));
    }
    /// What the system's own dialogue does with a file input.
    pub fn choose_file(&self, id: &str, file: &std::path::Path) {
        let found = self.say("element", &json!({ "using": "css selector", "value": format!("[id='{id}']") }));
        let element = found.as_object().unwrap().values().next().unwrap().as_str().unwrap();
        self.say(&format!("element/{element}/value"), &json!({ "text": file.to_str().unwrap() }));
    }
    /// Whether pages may run their scripts.
    pub fn scripts(&self, allowed: bool) {
        self.develop("Emulation.setScriptExecutionDisabled", json!({ "value": !allowed }));
    }
    /// What has the focus, whether it shows, and whether one can see it.
    pub fn focus(&self) -> Focus {
        let script = "const e=document.activeElement,s=getComputedStyle(e),b=e.getBoundingClientRect();return [e===document.body?'body':e.localName+(e.id?'#'+e.id:e.classList[0]?'.'+e.classList[0]:''),(s.outlineStyle!=='none'&&parseFloat(s.outlineWidth)>=2)||s.boxShadow!=='none',b.bottom>0&&b.top<innerHeight&&b.right>0&&b.left<innerWidth]";
        let found = self.run(script);
        let yes = |place: usize| found[place].as_bool().unwrap_or_default();
        Focus { what: found[0].as_str().unwrap_or_default().to_owned(), shows: yes(1), in_window: yes(2) }
    }

    /// What axe-core has against the page, a line for each rule.
    pub fn violations(&self, axe: &str) -> Vec<String> {
        let script = format!(
            "{axe};const done=arguments[arguments.length-1];axe.run(document,{{resultTypes:['violations']}}).then(r=>done(r.violations.map(v=>v.id+': '+v.help+': '+v.nodes.slice(0,3).map(n=>n.html.slice(0,200)).join(' | '))),e=>done(['axe: '+e]));"
        );
        let found = self.say("execute/async", &json!({ "script": script, "args": [] }));
        found.as_array().expect("a list").iter().map(|line| line.as_str().unwrap_or_default().to_owned()).collect()
    }
    /// How wide the page is, and how much room there is for it.
    pub fn widths(&self) -> (u64, u64) {
        let both = self.run("return [document.documentElement.scrollWidth, document.documentElement.clientWidth]");
        (both[0].as_u64().unwrap(), both[1].as_u64().unwrap())
    }
    /// The elements that stand out on the right, for the message.
    pub fn widest(&self) -> String {
        let script = "const w=document.documentElement.clientWidth;return [...document.querySelectorAll('body *')].filter(e=>e.getBoundingClientRect().right>w+1).slice(0,4).map(e=>e.outerHTML.slice(0,120)).join(' | ')";
        self.run(script).as_str().unwrap_or_default().to_owned()
    }
    pub fn forget_everything_loaded(&self) {
        self.develop("Network.clearBrowserCache", json!({}));
    }
    /// Bytes as they came over the wire, squeezed, for the page and everything that it asked for.
    pub fn bytes_loaded(&self) -> u64 {
        let script = "return [...performance.getEntriesByType('navigation'),...performance.getEntriesByType('resource')].reduce((sum,entry)=>sum+entry.encodedBodySize,0)";
        self.run(script).as_u64().unwrap_or(u64::MAX)
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.client.delete(&self.session).timeout(Duration::from_secs(10)).send();
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}
