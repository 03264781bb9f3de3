//! Runs a page's content streams (ISO 32000-1, chapters 8 and 9) and collects what a reader of text needs: glyphs with
//! place, size and text, ruled lines, and how much of the page images cover.

use std::rc::Rc;

use hayro_syntax::Filter;
use hayro_syntax::content::{TypedIter, ops::TypedInstruction as Op};
use hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier, Rect, Stream, String as PdfString};
use hayro_syntax::page::{Page, Resources};

use super::fonts::{Fonts, GlyphText, PdfFont};
use super::geometry::{Area, Matrix};
use super::layers::Layers;
use super::path::{Path, THIN};
use super::properties::text_string;

/// How deep forms may nest.
const FORM_DEPTH: usize = 20;
/// How deep the graphics state may be saved.
const STATE_DEPTH: usize = 512;
/// Instructions that one page may take: forms that show each other twice grow without bound.
const INSTRUCTIONS: usize = 5_000_000;
/// Ruled lines kept of one page; drawings have more, but no tables.
const RULES: usize = 20_000;
/// Pairs of a rule and a box over it that are looked at on one page.
const COMPARISONS: usize = 10_000_000;
/// A rule this near, in points, to the edge of a box stands at the edge.
const EDGE: f32 = 2.0;

/// What stands on a page.
#[derive(Debug, Default)]
pub(super) struct PageContent {
    pub(super) width: f32,
    pub(super) height: f32,
    /// In the order of the content stream.
    pub(super) glyphs: Vec<Glyph>,
    /// Horizontal and vertical lines.
    pub(super) rules: Vec<Area>,
    /// Boxes filled with a colour, whichever.
    pub(super) shades: Vec<Area>,
    /// The share of the page that images cover, 0 to 1.
    pub(super) images: f32,
    /// Texts of annotations that are not drawn on the page.
    pub(super) comments: Vec<String>,
    /// A limit ended the page early.
    pub(super) cut: bool,
    /// Content that is there could not be decoded.
    pub(super) damaged: bool,
}

/// A shown character or ligature.
#[derive(Debug, Clone)]
pub(super) struct Glyph {
    pub(super) text: GlyphText,
    /// Where its baseline begins and ends.
    pub(super) from: (f32, f32),
    pub(super) to: (f32, f32),
    /// Direction of the baseline in degrees, clockwise; near-upright directions are made upright.
    pub(super) angle: i16,
    /// Font size in points, as shown.
    pub(super) size: f32,
    /// Space that the text state adds after it, in points.
    pub(super) spacing: f32,
    /// Index of its font.
    pub(super) font: u16,
    pub(super) invisible: bool,
    /// Marked as part of a running head or foot.
    pub(super) pagination: bool,
}

#[derive(Clone)]
struct State {
    ctm: Matrix,
    clip: Area,
    font: Option<usize>,
    size: f64,
    char_spacing: f64,
    word_spacing: f64,
    scale: f64,
    leading: f64,
    rise: f64,
    mode: i64,
    /// What is filled lets through what lies under it.
    transparent: bool,
}

/// An open marked-content sequence.
struct Mark {
    hidden: bool,
    pagination: bool,
    /// Replacement text, and the first glyph that it stands for.
    actual: Option<(String, usize)>,
}

/// Runs one page after the other.
pub(super) struct Interpreter<'a, 'f> {
    fonts: &'f mut Fonts<'a>,
    layers: &'f Layers,
    page: PageContent,
    bounds: Area,
    /// Boxes filled, and how many rules were drawn before.
    covers: Vec<(usize, Area)>,
    marks: Vec<Mark>,
    forms: Vec<ObjectIdentifier>,
    instructions: usize,
    glyphs_left: usize,
    stream_bytes: u64,
}

/// The content of a page; at most `glyphs` glyphs of it, and no stream that could unpack to more than `stream_bytes`.
pub(super) fn page_content<'a>(
    page: &Page<'a>,
    fonts: &mut Fonts<'a>,
    layers: &Layers,
    glyphs: usize,
    stream_bytes: u64,
) -> PageContent {
    let (width, height) = page.render_dimensions();
    let bounds = Area { x0: 0.0, y0: 0.0, x1: width, y1: height };
    let mut run = Interpreter {
        fonts,
        layers,
        page: PageContent { width, height, ..PageContent::default() },
        bounds,
        covers: Vec::new(),
        marks: Vec::new(),
        forms: Vec::new(),
        instructions: 0,
        glyphs_left: glyphs,
        stream_bytes,
    };
    let state = State {
        ctm: Matrix(page.initial_transform(true).as_coeffs()),
        clip: bounds,
        font: None,
        size: 1.0,
        char_spacing: 0.0,
        word_spacing: 0.0,
        scale: 1.0,
        leading: 0.0,
        rise: 0.0,
        mode: 0,
        transparent: false,
    };
    if run.contents_fit(page) {
        run.page.damaged |= page.page_stream().is_none() && page.raw().contains_key("Contents");
        run.run(page.typed_operations(), page.resources(), state.clone());
    } else {
        run.page.cut = true;
    }
    run.annotations(page, &state);
    run.drop_covered();
    run.page
}

impl<'a> Interpreter<'a, '_> {
    /// Looks at the streams of a page: notes those that do not decode, and says whether all are small enough.
    fn contents_fit(&mut self, page: &Page<'a>) -> bool {
        let dict = page.raw();
        let streams: Vec<Stream<'a>> = match dict.get::<Object<'a>>("Contents") {
            Some(Object::Stream(stream)) => vec![stream],
            Some(Object::Array(array)) => array.iter::<Stream<'a>>().collect(),
            Some(_) => {
                self.page.damaged = true;
                Vec::new()
            }
            None => Vec::new(),
        };
        streams.iter().all(|stream| fits(stream, self.stream_bytes))
    }

    fn run(&mut self, mut operations: TypedIter<'_>, resources: &Resources<'a>, mut state: State) {
        let mut saved: Vec<State> = Vec::new();
        let (mut text, mut line) = (Matrix::IDENTITY, Matrix::IDENTITY);
        let mut path = Path::default();
        let marks = self.marks.len();
        while let Some(op) = operations.next() {
            self.instructions += 1;
            if self.instructions > INSTRUCTIONS || self.glyphs_left == 0 {
                self.page.cut = true;
                break;
            }
            match op {
                Op::SaveState(_) if saved.len() < STATE_DEPTH => saved.push(state.clone()),
                Op::RestoreState(_) => {
                    if let Some(restored) = saved.pop() {
                        state = restored;
                    }
                }
                Op::Transform(m) => {
                    let m = [m.0, m.1, m.2, m.3, m.4, m.5].map(|n| n.as_f64());
                    state.ctm = state.ctm.after(Matrix(m));
                }

                Op::BeginText(_) => (text, line) = (Matrix::IDENTITY, Matrix::IDENTITY),
                Op::SetTextMatrix(m) => {
                    line = Matrix([m.0, m.1, m.2, m.3, m.4, m.5].map(|n| n.as_f64()));
                    text = line;
                }
                Op::TextFont(font) => {
                    state.size = font.1.as_f64();
                    state.font = self.fonts.load(resources.get_font(font.0));
                }
                Op::SetGraphicsState(name) => {
                    let parameters = resources.get_ext_g_state(name.0);
                    if let Some(dict) = &parameters {
                        let alpha = dict.get::<f32>("ca").map(|alpha| alpha < 1.0);
                        let mode = dict.get::<Name<'_>>("BM").map(|mode| mode.as_ref() != b"Normal");
                        if alpha.or(mode).is_some() {
                            state.transparent = alpha == Some(true) || mode == Some(true);
                        }
                    }
                    let font = parameters.and_then(|dict| dict.get::<Array<'a>>("Font"));
                    let mut parts = font.iter().flat_map(Array::iter::<Object<'a>>);
                    if let (Some(Object::Dict(font)), Some(Object::Number(size))) = (parts.next(), parts.next()) {
                        state.font = self.fonts.load(Some(font));
                        state.size = size.as_f64();
                    }
                }
                Op::CharacterSpacing(n) => state.char_spacing = n.0.as_f64(),
                Op::WordSpacing(n) => state.word_spacing = n.0.as_f64(),
                Op::HorizontalScaling(n) => state.scale = n.0.as_f64() / 100.0,
                Op::TextLeading(n) => state.leading = n.0.as_f64(),
                Op::TextRise(n) => state.rise = n.0.as_f64(),
                Op::TextRenderingMode(n) => state.mode = n.0.as_i64(),
                Op::NextLine(by) => next_line(&mut text, &mut line, by.0.as_f64(), by.1.as_f64()),
                Op::NextLineAndSetLeading(by) => {
                    state.leading = -by.1.as_f64();
                    next_line(&mut text, &mut line, by.0.as_f64(), by.1.as_f64());
                }
                Op::NextLineUsingLeading(_) => next_line(&mut text, &mut line, 0.0, -state.leading),
                Op::ShowText(s) => self.show(&state, &mut text, s.0.as_bytes()),
                Op::NextLineAndShowText(s) => {
                    next_line(&mut text, &mut line, 0.0, -state.leading);
                    self.show(&state, &mut text, s.0.as_bytes());
                }
                Op::ShowTextWithParameters(s) => {
                    state.word_spacing = s.0.as_f64();
                    state.char_spacing = s.1.as_f64();
                    next_line(&mut text, &mut line, 0.0, -state.leading);
                    self.show(&state, &mut text, s.2.as_bytes());
                }
                Op::ShowTexts(parts) => {
                    for part in parts.0.iter::<Object<'_>>() {
                        match part {
                            Object::String(s) => self.show(&state, &mut text, s.as_bytes()),
                            Object::Number(n) => self.adjust(&state, &mut text, n.as_f64()),
                            _ => {}
                        }
                    }
                }

                Op::MoveTo(p) => path.move_to(state.ctm.apply(p.0.as_f64(), p.1.as_f64())),
                Op::LineTo(p) => path.line_to(state.ctm.apply(p.0.as_f64(), p.1.as_f64())),
                Op::CubicTo(p) => path.curve_to(state.ctm.apply(p.4.as_f64(), p.5.as_f64())),
                Op::CubicStartTo(p) => path.curve_to(state.ctm.apply(p.2.as_f64(), p.3.as_f64())),
                Op::CubicEndTo(p) => path.curve_to(state.ctm.apply(p.2.as_f64(), p.3.as_f64())),
                Op::ClosePath(_) => path.close(),
                Op::RectPath(r) => {
                    let [x, y, w, h] = [r.0, r.1, r.2, r.3].map(|n| n.as_f64());
                    path.rectangle(state.ctm.apply_to_box(x, y, x + w, y + h));
                }
                Op::ClipNonZero(_) | Op::ClipEvenOdd(_) => path.clips = true,
                Op::StrokePath(_) => self.paint(&mut path, &mut state, true),
                Op::CloseAndStrokePath(_) | Op::CloseFillAndStrokeNonZero(_) | Op::CloseFillAndStrokeEvenOdd(_) => {
                    path.close();
                    self.paint(&mut path, &mut state, true);
                }
                Op::FillAndStrokeNonZero(_) | Op::FillAndStrokeEvenOdd(_) => self.paint(&mut path, &mut state, true),
                Op::FillPathNonZero(_) | Op::FillPathEvenOdd(_) | Op::FillPathNonZeroCompatibility(_) => {
                    self.cover(&path, &state);
                    self.paint(&mut path, &mut state, false);
                }
                Op::EndPath(_) => {
                    path.rectangles.clear();
                    path.segments.clear();
                    path.bounds = None;
                    self.paint(&mut path, &mut state, false);
                }

                Op::InlineImage(_) => self.image(&state),
                Op::XObject(name) => {
                    if let Some(stream) = resources.get_x_object(name.0) {
                        self.external_object(&stream, resources, &state);
                    }
                }

                Op::BeginMarkedContent(_) => self.marks.push(Mark { hidden: false, pagination: false, actual: None }),
                Op::BeginMarkedContentWithProperties(mark) => self.begin_mark(mark.0, mark.1, resources),
                Op::EndMarkedContent(_) if self.marks.len() > marks => self.end_mark(),
                _ => {}
            }
        }
        while self.marks.len() > marks {
            self.end_mark();
        }
    }

    fn adjust(&self, state: &State, text: &mut Matrix, thousandths: f64) {
        let by = -thousandths / 1000.0 * state.size;
        let horizontal = state.font.and_then(|i| self.fonts.get(i)).is_none_or(PdfFont::is_horizontal);
        let (x, y) = if horizontal { (by * state.scale, 0.0) } else { (0.0, by) };
        *text = text.after(Matrix::translation(x, y));
    }

    /// Shows a string (9.4.4).
    fn show(&mut self, state: &State, text: &mut Matrix, bytes: &[u8]) {
        let Some(index) = state.font else { return };
        let Some(font) = self.fonts.get_mut(index) else { return };
        let horizontal = font.is_horizontal();
        let hidden = self.marks.iter().any(|mark| mark.hidden);
        let pagination = self.marks.iter().any(|mark| mark.pagination);
        let mut offset = 0;
        while offset < bytes.len() && self.glyphs_left > 0 {
            let (number, length) = font.read_code(bytes, offset);
            offset += length;
            let code = font.code(number, length);
            let matrix =
                state.ctm.after(*text).after(Matrix([state.size * state.scale, 0.0, 0.0, state.size, 0.0, state.rise]));
            let (x, y) = (code.origin.0 / 1000.0, code.origin.1 / 1000.0);
            let (dx, dy) = (code.advance.0 / 1000.0, code.advance.1 / 1000.0);
            let from = matrix.apply(x, y);
            let to = matrix.apply(x + dx, y + dy);
            let m = matrix.0;
            let (across, along) = (m[2].hypot(m[3]) as f32, m[0].hypot(m[1]) as f32);
            let angle = if from == to {
                direction(m[0], m[1])
            } else {
                direction((to.0 - from.0).into(), (to.1 - from.1).into())
            };
            let extra = state.char_spacing + if number == 32 && length == 1 { state.word_spacing } else { 0.0 };
            let scale = if state.size == 0.0 { 0.0 } else { (along as f64 / (state.size * state.scale).abs()) as f32 };
            let glyph = Glyph {
                text: code.text,
                from,
                to,
                angle,
                size: if horizontal { across } else { along },
                spacing: state.char_spacing as f32 * scale,
                font: u16::try_from(index).unwrap_or(u16::MAX),
                invisible: matches!(state.mode, 3 | 7),
                pagination,
            };
            let (tx, ty) = if horizontal {
                ((dx * state.size + extra) * state.scale, 0.0)
            } else {
                (0.0, dy * state.size + extra)
            };
            *text = text.after(Matrix::translation(tx, ty));
            if !hidden && shows(&glyph, state.clip) {
                self.page.glyphs.push(glyph);
                self.glyphs_left -= 1;
            }
        }
    }

    fn paint(&mut self, path: &mut Path, state: &mut State, stroked: bool) {
        let done = std::mem::take(path);
        if done.clips
            && let Some(extent) = done.extent
        {
            state.clip = state.clip.intersection(extent);
        }
        if self.page.rules.len() >= RULES || self.marks.iter().any(|mark| mark.hidden) {
            return;
        }
        for area in done.rectangles.iter().copied().chain(if stroked { None } else { done.bounds }) {
            if area.width() < THIN || area.height() < THIN {
                self.rule(area);
            } else if stroked {
                self.rule(Area { y1: area.y0, ..area });
                self.rule(Area { y0: area.y1, ..area });
                self.rule(Area { x1: area.x0, ..area });
                self.rule(Area { x0: area.x1, ..area });
            }
        }
        if stroked {
            for [a, b] in done.segments {
                if (a.0 - b.0).abs() < 1.0 || (a.1 - b.1).abs() < 1.0 {
                    let mut area = Area::EMPTY;
                    area.add(a);
                    area.add(b);
                    self.rule(area);
                }
            }
        }
    }

    /// Notes the boxes that a path fills: they hide what is drawn before.
    fn cover(&mut self, path: &Path, state: &State) {
        if state.transparent || self.page.shades.len() >= RULES || self.marks.iter().any(|mark| mark.hidden) {
            return;
        }
        let drawn = self.page.rules.len();
        let boxes = path.boxes().map(|area| area.intersection(state.clip));
        for area in boxes.filter(|area| area.width() > THIN && area.height() > THIN) {
            self.page.shades.push(area);
            if drawn > 0 {
                self.covers.push((drawn, area));
            }
        }
    }

    /// Takes out the rules that a box drawn later covers. Those at its edges are its own, or its neighbour's.
    fn drop_covered(&mut self) {
        if self.page.rules.len() * self.covers.len() > COMPARISONS {
            return;
        }
        let is_inside = |rule: &Area, area: &Area| {
            let across = rule.width() >= rule.height();
            let (x, y) = if across { (-EDGE, EDGE) } else { (EDGE, -EDGE) };
            rule.x0 - x > area.x0 && rule.x1 + x < area.x1 && rule.y0 - y > area.y0 && rule.y1 + y < area.y1
        };
        let mut at = 0;
        self.page.rules.retain(|rule| {
            at += 1;
            !self.covers.iter().any(|(drawn, area)| at <= *drawn && is_inside(rule, area))
        });
    }

    fn rule(&mut self, area: Area) {
        let area = area.intersection(self.bounds);
        if area.x0 <= area.x1 && area.y0 <= area.y1 && area.width().max(area.height()) >= THIN {
            self.page.rules.push(area);
        }
    }

    fn image(&mut self, state: &State) {
        if self.marks.iter().any(|mark| mark.hidden) {
            return;
        }
        let area = state.ctm.apply_to_box(0.0, 0.0, 1.0, 1.0).intersection(self.bounds).intersection(state.clip);
        let page = (self.page.width * self.page.height).max(1.0);
        self.page.images = (self.page.images + area.width() * area.height() / page).min(1.0);
    }

    fn external_object(&mut self, stream: &Stream<'a>, resources: &Resources<'a>, state: &State) {
        let dict = stream.dict();
        if self.layers.hides(dict, "OC") {
            return;
        }
        match dict.get::<Name<'_>>("Subtype").as_deref() {
            Some(b"Image") => self.image(state),
            Some(b"Form") => self.form(stream, resources, state),
            _ => {}
        }
    }

    fn form(&mut self, stream: &Stream<'a>, resources: &Resources<'a>, state: &State) {
        let id = stream.obj_id();
        if self.forms.len() >= FORM_DEPTH || self.forms.contains(&id) {
            return;
        }
        if !fits(stream, self.stream_bytes) {
            self.page.cut = true;
            return;
        }
        let Ok(data) = stream.decoded_data() else {
            self.page.damaged = true;
            return;
        };
        // Looking up and decoding count too, or a form shown over and over would cost without end.
        self.instructions += 100 + data.len() / 16;
        let dict = stream.dict();
        let mut state = state.clone();
        state.ctm = state.ctm.after(dict.get::<[f64; 6]>("Matrix").map_or(Matrix::IDENTITY, Matrix));
        if let Some(b) = dict.get::<Rect>("BBox") {
            state.clip = state.clip.intersection(state.ctm.apply_to_box(b.x0, b.y0, b.x1, b.y1));
        }
        let own = dict.get::<Dict<'a>>("Resources").map(Resources::new);
        self.forms.push(id);
        self.run(TypedIter::new(&data), own.as_ref().unwrap_or(resources), state);
        self.forms.pop();
    }

    fn begin_mark(&mut self, tag: &Name<'_>, properties: &Object<'_>, resources: &Resources<'a>) {
        let mut mark = Mark { hidden: false, pagination: false, actual: None };
        let named = match properties {
            Object::Name(name) => {
                mark.hidden = tag.as_ref() == b"OC" && self.layers.hides(&resources.properties, name.as_ref());
                resources.properties.get::<Dict<'_>>(name.as_ref())
            }
            _ => None,
        };
        let dict = match properties {
            Object::Dict(dict) => Some(dict),
            _ => named.as_ref(),
        };
        if let Some(dict) = dict {
            mark.pagination = tag.as_ref() == b"Artifact"
                && (dict.get::<Name<'_>>("Type").as_deref() == Some(b"Pagination")
                    || matches!(dict.get::<Name<'_>>("Subtype").as_deref(), Some(b"Header" | b"Footer")));
            let actual = dict.get::<PdfString<'_>>("ActualText");
            mark.actual = actual.map(|s| (text_string(s.as_bytes()), self.page.glyphs.len()));
        }
        self.marks.push(mark);
    }

    /// Puts the replacement text of a marked sequence (14.9.4) in the place of its glyphs, if they stand on one line.
    fn end_mark(&mut self) {
        let Some(Mark { actual: Some((text, start)), .. }) = self.marks.pop() else { return };
        let Some([first, rest @ ..]) = self.page.glyphs.get(start..) else { return };
        let last = rest.last().unwrap_or(first);
        let one_line = rest.iter().all(|g| {
            g.angle == first.angle && (g.from.0 - first.from.0).hypot(g.from.1 - first.from.1) < 60.0 * first.size
        }) && across(first, last) < 0.5 * first.size;
        if !one_line {
            return;
        }
        let mut glyph = first.clone();
        glyph.to = last.to;
        glyph.text = GlyphText::Text(Rc::from(text));
        self.page.glyphs.truncate(start);
        self.page.glyphs.push(glyph);
    }

    /// Shows what annotations and form fields look like (12.5.5), and keeps the texts of those that look like nothing.
    fn annotations(&mut self, page: &Page<'a>, state: &State) {
        for annotation in page.raw().get::<Array<'a>>("Annots").iter().flat_map(Array::iter::<Dict<'a>>) {
            let flags = annotation.get::<u32>("F").unwrap_or(0);
            let subtype = annotation.get::<Name<'_>>("Subtype");
            let subtype = subtype.as_deref().unwrap_or_default();
            // Hidden, no view (table 165).
            if flags & (1 << 1 | 1 << 5) != 0 || subtype == b"Popup" || self.layers.hides(&annotation, "OC") {
                continue;
            }
            let before = self.page.glyphs.len();
            let rectangle = annotation.get::<Rect>("Rect").unwrap_or(Rect::ZERO);
            if let Some(stream) = appearance(&annotation) {
                self.appearance(&stream, page.resources(), state, rectangle);
            }
            if self.page.glyphs.len() > before {
                continue;
            }
            if subtype == b"Widget" {
                let value = annotation.get::<PdfString<'_>>("V").filter(|_| appearance(&annotation).is_none());
                self.field_value(&value.map(|v| text_string(v.as_bytes())).unwrap_or_default(), state, rectangle);
            } else if let Some(contents) = annotation.get::<PdfString<'_>>("Contents")
                && subtype != b"Link"
            {
                self.page.comments.push(text_string(contents.as_bytes()));
            }
        }
    }

    fn appearance(&mut self, stream: &Stream<'a>, resources: &Resources<'a>, state: &State, to: Rect) {
        let dict = stream.dict();
        let matrix = dict.get::<[f64; 6]>("Matrix").map_or(Matrix::IDENTITY, Matrix);
        let from = dict.get::<Rect>("BBox").unwrap_or(Rect::ZERO);
        let from = matrix.apply_to_box(from.x0, from.y0, from.x1, from.y1);
        let ratio = |to: f64, from: f32| if from > 0.0 && to > 0.0 { to / f64::from(from) } else { 1.0 };
        let (sx, sy) = (ratio(to.x1 - to.x0, from.width()), ratio(to.y1 - to.y0, from.height()));
        let (fx, fy) = if from.x0 <= from.x1 { (f64::from(from.x0), f64::from(from.y0)) } else { (0.0, 0.0) };
        let mut state = state.clone();
        state.ctm = state.ctm.after(Matrix([sx, 0.0, 0.0, sy, to.x0 - fx * sx, to.y0 - fy * sy]));
        self.form(stream, resources, &state);
    }

    /// Stands in for the appearance of a field that has a value and none.
    fn field_value(&mut self, value: &str, state: &State, place: Rect) {
        let Some(font) = self.fonts.load(None).filter(|_| !value.trim().is_empty()) else { return };
        let area = state.ctm.apply_to_box(place.x0, place.y0, place.x1, place.y1);
        let size = (area.height() * 0.7).clamp(6.0, 12.0);
        for (row, line) in value.lines().enumerate() {
            let mut at = (area.x0 + 2.0, area.y0 + size * (1.0 + row as f32 * 1.2));
            for c in line.chars() {
                if self.glyphs_left == 0 {
                    return;
                }
                self.glyphs_left -= 1;
                let to = (at.0 + 0.5 * size, at.1);
                self.page.glyphs.push(Glyph {
                    text: GlyphText::Char(c),
                    from: at,
                    to,
                    angle: 0,
                    size,
                    spacing: 0.0,
                    font: u16::try_from(font).unwrap_or(u16::MAX),
                    invisible: false,
                    pagination: false,
                });
                at = to;
            }
        }
    }
}

/// Whether a stream can be decoded within `limit` bytes. Most are too short to get there even at the largest ratio that
/// deflate and LZW have; of the others what comes out is counted.
fn fits(stream: &Stream<'_>, limit: u64) -> bool {
    const LARGEST_RATIO: u64 = 1032;
    let filters = stream.filters();
    let packing = |f: &&Filter| matches!(f, Filter::FlateDecode | Filter::LzwDecode | Filter::RunLengthDecode);
    let packed = u32::try_from(filters.iter().filter(packing).count()).unwrap_or(u32::MAX);
    let data = stream.raw_data();
    if LARGEST_RATIO.saturating_pow(packed).saturating_mul(data.len() as u64) <= limit {
        return true;
    }
    if filters.len() != 1 || !matches!(filters.first(), Some(Filter::FlateDecode)) {
        return false;
    }
    let mut unpacked = std::io::Read::take(flate2::read::ZlibDecoder::new(&data[..]), limit + 1);
    std::io::copy(&mut unpacked, &mut std::io::sink()).map_or(true, |n| n <= limit)
}

fn appearance<'a>(annotation: &Dict<'a>) -> Option<Stream<'a>> {
    match annotation.get::<Dict<'a>>("AP")?.get::<Object<'a>>("N")? {
        Object::Stream(stream) => Some(stream),
        Object::Dict(states) => states.get::<Stream<'a>>(annotation.get::<Name<'_>>("AS")?.as_ref()),
        _ => None,
    }
}

fn next_line(text: &mut Matrix, line: &mut Matrix, x: f64, y: f64) {
    *line = line.after(Matrix::translation(x, y));
    *text = *line;
}

/// Direction of a vector in whole degrees, 0 to 359; within 6 degrees of upright it is upright (skewed scans).
fn direction(x: f64, y: f64) -> i16 {
    let degrees = y.atan2(x).to_degrees().round() as i16;
    let degrees = (degrees + 360) % 360;
    let upright = (degrees + 45) / 90 * 90;
    if (degrees - upright).abs() <= 6 { upright % 360 } else { degrees }
}

/// How far `b` stands off the baseline of `a`.
fn across(a: &Glyph, b: &Glyph) -> f32 {
    let (sin, cos) = f32::from(a.angle).to_radians().sin_cos();
    ((b.from.1 - a.from.1) * cos - (b.from.0 - a.from.0) * sin).abs()
}

fn shows(glyph: &Glyph, clip: Area) -> bool {
    let finite = [glyph.from.0, glyph.from.1, glyph.to.0, glyph.to.1, glyph.size].iter().all(|v| v.is_finite());
    // Texts are often clipped to the very height of their letters; what counts is the middle, generously.
    let (x, y) = ((glyph.from.0 + glyph.to.0) / 2.0, (glyph.from.1 + glyph.to.1) / 2.0);
    finite && glyph.size > 0.1 && clip.contains(x, y, glyph.size * 0.6)
}
