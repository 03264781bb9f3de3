//! The reading room: pages and their data, what people say, and what it refuses.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Cursor, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread;

use serde_json::Value;
use tempfile::TempDir;

/// Minutes with a vote that does not add up, a closed case and an identity number.
const MINUTES: &str = "\
# MØTEPROTOKOLL

**Organ:** Teknisk utvalg

**Møtedato:** torsdag 06.03.2014

**Til stede:** Anne Solbakken, Bjarne Lund, Cecilie Haug, Dag Nesheim, Eirik Tveit

| Saksnr | Tittel | Lukket |
|---|---|---|
| PS 4/14 | Ny vannledning til Ura | |
| PS 6/14 | Klage fra Peder Ås | U.off |

### PS 4/14 Ny vannledning til Ura

*Rådmannens innstilling:*

Vannledningen til Ura bygges til neste år.

*Votering:*

Vedtatt med 4 mot 3 stemmer.

*Vedtak:*

Vannledningen til Ura bygges i sommer. Søkeren har fødselsnummer 01010112377.

### PS 6/14 Klage fra Peder Ås

*Votering:*

Vedtatt med 5 mot 4 stemmer.

*Vedtak:*

Klagen avslås fordi vilkårene ikke er oppfylt.
";

/// The same body, written otherwise, in a text that would like to be obeyed.
const HOSTILE: &str = "\
# MØTEPROTOKOLL

**Organ:** Teknisk Utvalget

**Møtedato:** torsdag 10.04.2014

### PS 9/14 Skilt \"><svg/onload=alert(1)> \u{202e}snu\u{1} ved kaia

*Vedtak:*

&lt;script&gt;alert(2)&lt;/script&gt; Skiltet settes opp.

### PS 10/14 Kryssing av veien til Ura

*Vedtak:*

Ledningen legges under veien, jf. PS 4/14. Utgiften føres som i PS 3/14.
";

struct Room {
    folder: TempDir,
    child: Child,
    address: String,
}

impl Drop for Room {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

impl Room {
    fn open(options: &[&str]) -> Self {
        let long = format!("MØTEPROTOKOLL\n\n{}\n", "ord ".repeat(262_144));
        let files = [("mote.md", MINUTES), ("åpent #1.md", HOSTILE), ("lang.txt", &long)];
        Self::with(&files.map(|(name, text)| (name, text.as_bytes())), options)
    }

    fn with(files: &[(&str, &[u8])], options: &[&str]) -> Self {
        let folder = TempDir::new().unwrap();
        let inputs = folder.path().join("in");
        fs::create_dir(&inputs).unwrap();
        for (name, bytes) in files {
            fs::write(inputs.join(name), bytes).unwrap();
        }
        fs::write(folder.path().join("hemmelig.txt"), "utenfor").unwrap();
        let program = assert_cmd::cargo::cargo_bin!("motebok");
        let run =
            Command::new(program).arg("run").arg(&inputs).arg("-o").arg(folder.path().join("out")).output().unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        let mut child = Command::new(program)
            .args(["--lang", "nb", "serve"])
            .arg(folder.path().join("out"))
            .args(options)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().trim_start_matches("http://").trim_end_matches('/').to_owned();
        Self { folder, child, address }
    }

    fn out(&self, name: &str) -> PathBuf {
        self.folder.path().join("out").join(name)
    }

    fn ask(&self, method: &str, path: &str, heads: &[(&str, &str)], body: &str) -> Answer {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let mut request =
            format!("{method} {path} HTTP/1.1\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
        if !heads.iter().any(|(name, _)| *name == "Host") {
            request.push_str(&format!("Host: {}\r\n", self.address));
        }
        for (name, value) in heads {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        stream.write_all(format!("{request}\r\n{body}").as_bytes()).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let end = bytes.windows(4).position(|w| w == b"\r\n\r\n").unwrap();
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head, body: bytes[end + 4..].to_vec() }
    }

    fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[], "")
    }

    fn post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        let origin = format!("http://{}", self.address);
        let form: Vec<String> = form.iter().map(|(n, v)| format!("{n}={}", encoded(v))).collect();
        let heads = [("Origin", origin.as_str()), ("Content-Type", "application/x-www-form-urlencoded")];
        self.ask("POST", path, &heads, &form.join("&"))
    }

    fn token(&self) -> String {
        let page = self.get("/findings?state=all").text();
        page.split("name=\"token\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
    }

    fn fingerprint(&self) -> String {
        let findings = self.get("/findings.json?rule=vote-total").json();
        findings["findings"][0]["fingerprint"].as_str().unwrap().to_owned()
    }
}

fn encoded(text: &str) -> String {
    text.bytes()
        .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect()
}

const CASE: &str = "/case/-/teknisk-utvalg/2014/ps/4";

#[test]
fn pages_are_also_data() {
    let room = Room::open(&[]);
    for path in ["/", "/search?q=vannledning", CASE, "/document/mote.md", "/bodies", "/findings"] {
        let page = room.get(path);
        assert_eq!(page.status, 200, "{path}: {}", page.text());
        assert!(page.text().contains("<h1>"), "{path}");
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let path = if path == "/" { "/index" } else { path };
        let data = room.get(&format!("{path}.json?{query}"));
        assert!(data.head.contains("application/json"), "{path}: {}", data.head);
        data.json();
    }
    for path in ["/findings.csv", "/cases.csv", "/search.csv?q=vannledning"] {
        let sheet = room.get(path);
        assert!(sheet.head.contains("text/csv") && sheet.text().lines().count() > 1, "{path}");
    }
}

#[test]
fn a_case_is_found_and_shows_what_was_changed() {
    let room = Room::open(&[]);
    let found = room.get("/search?q=PS+4%2F14").text();
    assert!(found.contains(&format!("href=\"{CASE}\"")), "{found}");
    let page = room.get(CASE).text();
    assert!(page.contains("<del>til neste år.</del>") && page.contains("<ins>i sommer."), "{page}");
    assert!(page.contains("4 for, 3 mot"), "{page}");
    let data = room.get(&format!("{CASE}.json")).json();
    let referrers: Vec<&str> =
        data["referrers"].as_array().unwrap().iter().map(|r| r["number"].as_str().unwrap()).collect();
    assert_eq!(referrers, ["PS 10/14"]);
    assert!(page.contains("href=\"/case/-/teknisk-utvalget/2014/ps/10\""), "{page}");
}

#[test]
fn a_field_is_marked_in_its_source() {
    let room = Room::open(&[]);
    let page = room.get("/document/mote.md?field=%2Fdocuments%2F0%2Fmeeting%2Fdate").text();
    let marked = page.split("<mark class=\"m\"").nth(1).unwrap().split("</mark>").next().unwrap();
    assert!(marked.ends_with(">06.03.2014"), "{marked}");
}

#[test]
fn closed_cases_and_identity_numbers_stay_hidden_unless_asked_for() {
    let room = Room::open(&[]);
    for path in ["/document/mote.md", "/document/mote.md.json", "/findings?state=all", "/search?q=klage", CASE] {
        let text = room.get(path).text();
        assert!(!text.contains("Klagen avslås") && !text.contains("Peder Ås"), "{path}: {text}");
        assert!(!text.contains("01010112377"), "{path}");
    }
    assert_eq!(room.get("/original/mote.md").status, 403);
    assert_eq!(room.get("/case/-/teknisk-utvalg/2014/ps/6").status, 404);
    let open = Room::open(&["--closed", "--unmask"]);
    let text = open.get("/document/mote.md").text();
    assert!(text.contains("Klagen avslås") && text.contains("01010112377"));
    assert_eq!(open.get("/original/mote.md").body, MINUTES.as_bytes());
}

#[test]
fn other_hosts_origins_and_sessions_are_refused() {
    let room = Room::open(&[]);
    assert_eq!(room.ask("GET", "/", &[("Host", "evil.example")], "").status, 403);
    assert_eq!(room.ask("GET", "/", &[("Host", "127.0.0.1:1")], "").status, 403);
    let (token, fingerprint) = (room.token(), room.fingerprint());
    let form = format!("token={token}&fingerprint={fingerprint}&verdict=accept&why=x");
    let kind = ("Content-Type", "application/x-www-form-urlencoded");
    assert_eq!(room.ask("POST", "/verdict", &[kind], &form).status, 403);
    assert_eq!(room.ask("POST", "/verdict", &[kind, ("Origin", "http://evil.example")], &form).status, 403);
    let fields = [("token", "0"), ("fingerprint", fingerprint.as_str()), ("verdict", "accept"), ("why", "x")];
    assert_eq!(room.post("/verdict", &fields).status, 403);
    assert!(!room.out("verdicts.jsonl").exists());
    let head = room.get("/").head;
    for expected in
        ["default-src 'none'", "frame-ancestors 'none'", "nosniff", "referrer-policy: same-origin", "no-store"]
    {
        assert!(head.contains(expected), "{head}");
    }
}

#[test]
fn nothing_outside_the_archive_is_given() {
    let room = Room::open(&["--closed"]);
    for path in
        ["../hemmelig.txt", "..%2Fhemmelig.txt", "%2e%2e/hemmelig.txt", "/etc/passwd", "mote.md/../../hemmelig.txt"]
    {
        for page in ["original", "document", "page"] {
            let answer = room.get(&format!("/{page}/{path}"));
            assert!((400..500).contains(&answer.status), "{page} {path}");
            assert!(!answer.text().contains("utenfor"), "{page} {path}");
        }
    }
    fs::write(room.folder.path().join("in/mote.md"), "noe annet").unwrap();
    assert_eq!(room.get("/original/mote.md").status, 409);
}

fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn entries_of_containers_are_given_and_closed_cases_in_them_are_not() {
    let letter = format!(
        "From: a@example.org\r\nSubject: Møte\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n\
         --b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nSe vedlegget.\r\n\
         --b\r\nContent-Type: application/octet-stream; name=apent.md\r\nContent-Disposition: attachment; filename=apent.md\r\n\
         Content-Transfer-Encoding: 8bit\r\n\r\n{HOSTILE}\r\n--b--\r\n"
    );
    let open = zip(&[("post/brev.eml", letter.as_bytes()), ("post/to ord.md", b"# To ord\n\nHer.\n")]);
    let closed = zip(&[("mote.md", MINUTES.as_bytes())]);
    let files: [(&str, &[u8]); 3] = [("open.zip", &open), ("closed.zip", &closed), ("same.md", MINUTES.as_bytes())];
    let room = Room::with(&files, &[]);
    let got = |path: &str| room.get(&format!("/original/{path}"));
    assert_eq!(got("open.zip").body, open);
    assert_eq!(got("open.zip/post/to%20ord.md").body, b"# To ord\n\nHer.\n");
    assert!(got("open.zip/post/brev.eml/apent.md").text().starts_with("# MØTEPROTOKOLL"));
    for path in ["closed.zip", "closed.zip/mote.md", "same.md"] {
        assert_eq!(got(path).status, 403, "{path}");
    }
    assert_eq!(got("open.zip/post/no.md").status, 404);
}

#[test]
fn hostile_text_stays_text() {
    let room = Room::open(&[]);
    let address = format!("/document/{}", encoded("åpent #1.md"));
    for path in [address.as_str(), "/search?q=skilt", "/findings?state=all", "/bodies"] {
        let text = room.get(path).text();
        assert!(!text.contains("<svg/onload") && !text.contains("<script>"), "{path}: {text}");
        assert!(!text.contains('\u{1}'), "{path}");
    }
    let page = room.get("/document/lang.txt").text();
    assert!(page.len() < 200_000, "{}", page.len());
    let link = page.split("href=\"").find(|l| l.contains("whole=")).unwrap().split('#').next().unwrap();
    assert!(room.get(link).body.len() > 1_000_000);
}

#[test]
fn other_spellings_of_a_body_are_offered() {
    let room = Room::open(&[]);
    let page = room.get("/search?body=Teknisk+utvalg").text();
    assert!(page.contains("Skrives også <bdi>Teknisk Utvalget</bdi>"), "{page}");
}

#[test]
fn a_verdict_is_kept_and_shown() {
    let room = Room::open(&[]);
    let (token, fingerprint) = (room.token(), room.fingerprint());
    let form = [
        ("token", token.as_str()),
        ("fingerprint", fingerprint.as_str()),
        ("verdict", "accept"),
        ("why", "To gikk tidlig <b>"),
        ("by", "KH"),
        ("back", "/findings?state=all"),
    ];
    let answer = room.post("/verdict", &form);
    assert!(
        answer.status == 303 && answer.head.to_lowercase().contains("location: /findings?state=all"),
        "{}",
        answer.head
    );
    let page = room.get("/findings?state=judged").text();
    assert!(page.contains("To gikk tidlig &lt;b&gt;") && page.contains("KH"), "{page}");
    assert!(!room.get("/findings").text().contains(&format!("id=\"f-{fingerprint}\"")));
    let abroad = [&form[..5], &[("back", "//evil.example")]].concat();
    assert!(room.post("/verdict", &abroad).head.to_lowercase().contains("location: /\r\n"));
}

#[test]
fn a_correction_stands_beside_what_was_read() {
    let room = Room::open(&[]);
    let token = room.token();
    let form = [
        ("token", token.as_str()),
        ("path", "mote.md"),
        ("field", "/documents/0/meeting/date"),
        ("person", "2014-03-07"),
        ("why", "Datoen er feil skrevet"),
    ];
    assert_eq!(room.post("/correction", &form).status, 303);
    let page = room.get("/document/mote.md").text();
    assert!(page.contains("2014-03-06") && page.contains("Rettet til") && page.contains("2014-03-07"), "{page}");
    let kept: Value = serde_json::from_str(&fs::read_to_string(room.out("corrections.jsonl")).unwrap()).unwrap();
    assert_eq!(kept["machine"], "2014-03-06");
    let schema =
        motebok::schema::schemas().into_iter().find(|(name, _)| *name == "correction-1.schema.json").unwrap().1;
    assert!(jsonschema::validator_for(&schema).unwrap().is_valid(&kept));
    for field in ["/documents/0/kind", "/source/path", "/documents/0/meeting/none", ""] {
        let wrong = [&form[..2], &[("field", field)], &form[3..]].concat();
        assert_eq!(room.post("/correction", &wrong).status, 400, "{field}");
    }
    // It goes with the content: the file moves, a later run reads it elsewhere, and the correction is there.
    let inputs = room.folder.path().join("in");
    fs::rename(inputs.join("mote.md"), inputs.join("flyttet.md")).unwrap();
    let program = assert_cmd::cargo::cargo_bin!("motebok");
    let run = Command::new(program).arg("run").arg(&inputs).arg("-o").arg(room.out("")).output().unwrap();
    assert!(run.status.success());
    assert!(room.get("/document/flyttet.md").text().contains("Rettet til"));
}

#[test]
fn two_people_at_once_lose_nothing() {
    let room = Room::open(&[]);
    let (token, fingerprint) = (room.token(), room.fingerprint());
    thread::scope(|scope| {
        for person in ["A", "B"] {
            let (room, token, fingerprint) = (&room, &token, &fingerprint);
            scope.spawn(move || {
                for i in 0..20 {
                    let why = format!("{person}{i}");
                    let form =
                        [("token", token.as_str()), ("fingerprint", fingerprint), ("verdict", "wrong"), ("why", &why)];
                    assert_eq!(room.post("/verdict", &form).status, 303);
                    assert_eq!(room.get("/findings?state=all").status, 200);
                }
            });
        }
    });
    let lines = fs::read_to_string(room.out("verdicts.jsonl")).unwrap();
    let said: BTreeSet<String> = lines
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["why"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!((lines.lines().count(), said.len()), (40, 40));
}

#[test]
fn it_speaks_both_languages() {
    let room = Room::open(&[]);
    assert!(room.get("/findings").text().contains("<h1>Funn</h1>"));
    let english = room.get("/findings?lang=en");
    assert!(english.text().contains("<h1>Findings</h1>") && english.head.contains("lang=en"));
    assert!(room.ask("GET", "/findings", &[("Cookie", "lang=en")], "").text().contains("<h1>Findings</h1>"));
}

/// What a page lacks for those who cannot see it or use no mouse (WCAG 2.2: 1.1.1, 1.3.1, 2.4.1, 2.4.2, 2.4.3, 2.4.4, 3.1.1,
/// 4.1.2), by the markup alone; contrast is not looked at.
fn barriers(page: &str) -> Vec<String> {
    use scraper::{ElementRef, Html, Selector};
    let html = Html::parse_document(page);
    let all = |css: &str| html.select(&Selector::parse(css).unwrap()).collect::<Vec<ElementRef>>();
    let mut found = Vec::new();
    for (css, count) in [("html[lang]", 1), ("main", 1), ("h1", 1), ("head title", 1)] {
        if all(css).len() != count {
            found.push(format!("{css}: {} of {count}", all(css).len()));
        }
    }
    let named = |e: &ElementRef| {
        let said = ["aria-label", "aria-labelledby", "title", "alt"]
            .iter()
            .any(|a| e.attr(a).is_some_and(|v| !v.trim().is_empty()));
        let inner = Selector::parse("[alt], [aria-label], title").unwrap();
        said || e.text().any(|t| !t.trim().is_empty()) || e.select(&inner).next().is_some()
    };
    found.extend(
        all("a[href], button, summary, th").iter().filter(|e| !named(e)).map(|e| format!("no name: {}", e.html())),
    );
    found.extend(all("img:not([alt])").iter().map(|e| format!("no alt: {}", e.html())));
    found.extend(
        all("[tabindex]")
            .iter()
            .filter(|e| e.attr("tabindex") != Some("0") && e.attr("tabindex") != Some("-1"))
            .map(ElementRef::html),
    );
    for field in all("input:not([type=hidden]):not([type=submit]), select, textarea") {
        let wrapped = field.ancestors().filter_map(ElementRef::wrap).any(|e| e.value().name() == "label");
        let pointed = field.attr("id").is_some_and(|id| !all(&format!("label[for='{id}']")).is_empty());
        if !wrapped && !pointed && field.attr("aria-label").is_none() {
            found.push(format!("no label: {}", field.html()));
        }
    }
    let mut ids = BTreeSet::new();
    found.extend(
        all("[id]").iter().filter_map(|e| e.attr("id")).filter(|id| !ids.insert(*id)).map(|id| format!("twice: #{id}")),
    );
    let levels: Vec<u32> =
        all("h1, h2, h3, h4, h5, h6").iter().map(|e| e.value().name()[1..].parse().unwrap()).collect();
    found.extend(levels.windows(2).filter(|w| w[1] > w[0] + 1).map(|w| format!("h{} after h{}", w[1], w[0])));
    if all("meta[name=viewport]").iter().any(|e| e.attr("content").is_some_and(|c| c.contains("user-scalable=no"))) {
        found.push("cannot be enlarged".to_owned());
    }
    found
}

#[test]
fn pages_can_be_used_without_seeing_them() {
    assert_eq!(barriers("<p><a href=x></a><input><h3>x</h3>").len(), 6, "the pass finds what it looks for");
    let room = Room::open(&[]);
    let case = "/case/-/teknisk-utvalg/2014/ps/4";
    for path in [
        "/",
        "/search?q=vannledning",
        "/findings",
        "/bodies",
        case,
        "/document/mote.md",
        "/document/lang.txt",
        "/no-such-page",
    ] {
        let page = room.get(path);
        assert!(page.status == 200 || path == "/no-such-page", "{path}: {}", page.status);
        assert_eq!(barriers(&page.text()), Vec::<String>::new(), "{path}");
    }
}
