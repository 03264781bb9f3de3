//! The reading room in a real browser: two of them search, narrow, open a case, see a marked source and give a verdict.
//!
//! Without Chromium the tests say so and pass.
#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "tests")]

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

const MINUTES: &str = "\
# MØTEPROTOKOLL

**Organ:** Teknisk utvalg

**Møtedato:** torsdag 06.03.2014

**Til stede:** Anne Solbakken, Bjarne Lund, Cecilie Haug, Dag Nesheim, Eirik Tveit

### PS 4/14 Ny vannledning til Ura <img src=x onerror=document.title='obeyed'> \u{202e}snudd

*Votering:*

Vedtatt med 4 mot 3 stemmer.

*Vedtak:*

Vannledningen til Ura bygges i sommer.
";

/// The program at work on an archive of two files.
struct Room {
    _folder: TempDir,
    child: Child,
    address: String,
}

impl Drop for Room {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Room {
    fn open() -> Self {
        let folder = TempDir::new().unwrap();
        fs::create_dir(folder.path().join("in")).unwrap();
        fs::write(folder.path().join("in/mote.md"), MINUTES).unwrap();
        let pdf = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats/hovedutvalg-2011-09-14.pdf");
        fs::copy(pdf, folder.path().join("in/hovedutvalg.pdf")).unwrap();
        let program = assert_cmd::cargo::cargo_bin!("motebok");
        let out = folder.path().join("out");
        let run = Command::new(program).arg("run").arg(folder.path().join("in")).arg("-o").arg(&out).output().unwrap();
        assert!(run.status.success());
        let mut serve = Command::new(program);
        let mut child = serve.args(["--lang", "nb", "serve"]).arg(&out).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        Self { _folder: folder, child, address: line.trim().trim_end_matches('/').to_owned() }
    }
}

/// A browser, spoken to in the Chrome DevTools Protocol over a pipe: JSON, each message ended by NUL.
struct Browser {
    _folder: TempDir,
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
    session: Option<String>,
    asked: u64,
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Browser {
    fn open() -> Option<Self> {
        let named = ["chromium", "chromium-browser", "google-chrome"];
        let name = named.iter().find(|name| Path::new("/usr/bin").join(name).exists())?;
        let folder = TempDir::new().unwrap();
        // The browser speaks at 3 and 4.
        let line = format!(
            "exec {name} --headless --no-sandbox --disable-gpu --user-data-dir={} --remote-debugging-pipe 3<&0 4>&1",
            folder.path().display()
        );
        let mut shell = Command::new("sh");
        let mut child = shell
            .args(["-c", &line])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let (to, from) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        let mut browser = Self { _folder: folder, child, to, from, session: None, asked: 0 };
        let target = browser.call("Target.createTarget", &json!({ "url": "about:blank" }))["targetId"].clone();
        let attached = browser.call("Target.attachToTarget", &json!({ "targetId": target, "flatten": true }));
        browser.session = Some(attached["sessionId"].as_str().unwrap().to_owned());
        Some(browser)
    }

    fn call(&mut self, method: &str, parameters: &Value) -> Value {
        self.asked += 1;
        let mut message = json!({ "id": self.asked, "method": method, "params": parameters });
        if let Some(session) = &self.session {
            message["sessionId"] = session.as_str().into();
        }
        self.to.write_all(format!("{message}\0").as_bytes()).unwrap();
        loop {
            let mut bytes = Vec::new();
            self.from.read_until(0, &mut bytes).unwrap();
            let answer: Value = serde_json::from_slice(bytes.strip_suffix(&[0]).unwrap()).unwrap();
            if answer["id"] == self.asked {
                return answer["result"].clone();
            }
        }
    }

    fn go(&mut self, address: &str) {
        self.call("Page.navigate", &json!({ "url": address }));
        self.wait_for(&format!("location.href === {address:?} && document.readyState === 'complete'"));
    }

    fn value(&mut self, script: &str) -> Value {
        self.call("Runtime.evaluate", &json!({ "expression": script }))["result"]["value"].clone()
    }

    /// Waits until a condition holds in the page.
    fn wait_for(&mut self, condition: &str) {
        let begun = Instant::now();
        while self.value(condition) != true {
            let page = || "document.body?.innerText";
            assert!(begun.elapsed() < Duration::from_secs(20), "{condition}\n{}", self.value(page()));
            thread::sleep(Duration::from_millis(40));
        }
    }
}

#[test]
fn two_people_search_read_and_judge() {
    let (Some(one), Some(other)) = (Browser::open(), Browser::open()) else {
        eprintln!("skipped: Chromium is not installed");
        return;
    };
    let room = Room::open();
    thread::scope(|scope| {
        for (mut browser, person) in [(one, "Anne"), (other, "Bjarne")] {
            let address = room.address.clone();
            scope.spawn(move || visit(&mut browser, &address, person));
        }
    });
}

fn visit(browser: &mut Browser, address: &str, person: &str) {
    // Results come while one types.
    browser.go(&format!("{address}/"));
    browser.value("q.value = 'vannledningen'; q.dispatchEvent(new Event('input'))");
    browser.wait_for("location.search.includes('vannledningen') && document.querySelector('#results mark') !== null");
    // Narrow to decisions, then open the case.
    browser.value("[...document.querySelectorAll('.facets a')].find(a => a.textContent === 'vedtak').click()");
    browser.wait_for(
        "document.querySelector('.set')?.textContent.includes('vedtak') && document.readyState === 'complete'",
    );
    browser.value("document.querySelector('.hit a').click()");
    browser.wait_for("location.pathname === '/case/-/teknisk-utvalg/2014/ps/4' && document.readyState === 'complete'");
    // What stands in the text is shown and not obeyed.
    assert_ne!(browser.value("document.title"), "obeyed");
    // To the source: a field that is pointed at marks its place, and the place its field.
    browser.go(&format!("{address}/document/mote.md"));
    browser.value(
        "globalThis.date = [...document.querySelectorAll('.field')].find(f => f.textContent.includes('2014-03-06'));
         date.dispatchEvent(new Event('pointerenter'))",
    );
    browser.wait_for("document.querySelector('.m.on')?.textContent.includes('06.03.2014')");
    browser.value("date.dispatchEvent(new Event('pointerleave'))");
    browser.wait_for("document.querySelector('.on') === null");
    browser.value("[...document.querySelectorAll('.m')].find(m => m.textContent.includes('06.03.2014')).click()");
    browser.wait_for("date.classList.contains('on') && date.contains(document.activeElement)");
    // A verdict, and it is still there when the page is loaded again.
    browser.go(&format!("{address}/findings?state=all&rule=vote-total"));
    browser.value(&format!(
        "globalThis.form = document.querySelector('form[action=\"/verdict\"]');
         form.elements.verdict.value = 'accept'; form.elements.why.value = 'Godtatt'; form.elements.by.value = '{person}';
         form.requestSubmit()"
    ));
    browser.wait_for("document.querySelector('.corrected')?.textContent.includes('Godtatt') === true");
    browser.go(&format!("{address}/findings?state=judged"));
    browser.wait_for("document.querySelector('.corrected')?.textContent.includes('Godtatt') === true");
    assert_eq!(browser.value("document.querySelector('input.by').value"), person);
}

#[test]
fn a_field_of_a_pdf_is_marked_on_the_picture_of_its_page() {
    let Some(mut browser) = Browser::open() else {
        eprintln!("skipped: Chromium is not installed");
        return;
    };
    let room = Room::open();
    browser.go(&format!("{}/document/hovedutvalg.pdf?field=%2Fdocuments%2F0%2Fmeeting%2Fdate", room.address));
    browser.value("document.querySelector('.sheet').scrollIntoView()");
    browser.wait_for("document.querySelector('.sheet .box.on') !== null");
    // The box lies on the page and holds the ink of its words; as much of the margin has none.
    let ink = browser.value(
        "const image = document.querySelector('.sheet img'), box = document.querySelector('.box.on');
         const [sheet, mark] = [image.getBoundingClientRect(), box.getBoundingClientRect()];
         const canvas = document.createElement('canvas');
         [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
         const paper = canvas.getContext('2d');
         paper.drawImage(image, 0, 0);
         const scale = image.naturalWidth / sheet.width;
         const ink = (left, top) => {
             const pixels = paper.getImageData(left * scale, top * scale, mark.width * scale, mark.height * scale).data;
             return pixels.filter((value, i) => i % 4 === 0 && value < 128).length;
         };
         JSON.stringify([ink(mark.left - sheet.left, mark.top - sheet.top), ink(0, 0), mark.right <= sheet.right, mark.bottom <= sheet.bottom])",
    );
    let ink: Value = serde_json::from_str(ink.as_str().unwrap()).unwrap();
    assert!(ink[0].as_u64().unwrap() > 50, "{ink}");
    assert_eq!((&ink[1], &ink[2], &ink[3]), (&json!(0), &json!(true), &json!(true)));
}
