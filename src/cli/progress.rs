//! A progress bar on stderr; nothing where that is no terminal.

use std::fmt::Write;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use motebok::messages::Lang;
use motebok::pipeline::Progress;

pub(super) struct Bar {
    bar: ProgressBar,
    lang: Lang,
}

impl Bar {
    pub(super) fn new(lang: Lang) -> Self {
        // Hidden by itself where stderr is no terminal.
        Self { bar: ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr()), lang }
    }

    pub(super) fn tell(&self, progress: Progress) {
        match progress {
            Progress::Files(files) => self.start(files, self.lang.pick("leser", "reading")),
            Progress::Records(records) => self.start(records, self.lang.pick("kontrollerer", "checking")),
            Progress::Read => self.bar.inc(1),
            Progress::Checked(records) => self.bar.inc(records),
        }
    }

    fn start(&self, length: u64, what: &'static str) {
        let template = "{msg:>12} {wide_bar} {human_pos}/{human_len}  {rate:>10}  {eta:>4}";
        let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()).with_key(
            "rate",
            |state: &ProgressState, out: &mut dyn Write| {
                let _ = write!(out, "{:.1}/s", state.per_sec());
            },
        );
        self.bar.reset();
        self.bar.set_style(style);
        self.bar.set_length(length);
        self.bar.set_message(what);
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
