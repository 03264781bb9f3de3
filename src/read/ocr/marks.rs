//! Decimal commas and points that tesseract overlooks: `6,0 %` comes out as `60%`. They are looked for in the picture.

use super::picture::{Area, Picture};

/// A digit is at least so high, as a share of the highest spot of its word.
const DIGIT: f32 = 0.75;
/// A comma or point is at most so high, and its upper edge lies below so much of the digits.
const MARK: f32 = 0.5;
/// A comma reaches below the digits by at least this share of their height.
const BELOW: f32 = 0.1;

/// The rows of tesseract's table, with the marks that stand between the digits of a number and were not read.
pub(super) fn put_back(table: &str, page: &Picture) -> String {
    let mended = |row: &str| -> Option<String> {
        let (before, text) = row.rsplit_once('\t')?;
        let box_of: Vec<usize> = before.split('\t').skip(6).take(4).map_while(|cell| cell.parse().ok()).collect();
        let &[left, top, width, height] = box_of.as_slice() else { return None };
        // The box may end at the line; a comma reaches below.
        let area = Area { x: (left, left + width), y: (top, top + height + height / 3) };
        Some(format!("{before}\t{}", number(text, area, page)?))
    };
    let rows = table.lines().map(|row| mended(row).unwrap_or_else(|| row.to_owned()));
    rows.fold(String::with_capacity(table.len()), |all, row| all + &row + "\n")
}

/// The number with its marks; none where nothing is to be mended or the picture does not say where.
fn number(text: &str, area: Area, page: &Picture) -> Option<String> {
    let digits = text.trim_end_matches('%');
    let is_number = digits.len() > 1 && digits.bytes().all(|b| b.is_ascii_digit());
    if !is_number {
        return None;
    }
    let mut spots: Vec<Area> = page.spots(area).into_iter().map(|(spot, _)| spot).collect();
    spots.sort_by_key(|spot| spot.x);
    let highest = spots.iter().map(|spot| spot.height()).max()? as f32;
    let (tall, small): (Vec<Area>, Vec<Area>) = spots.iter().partition(|spot| spot.height() as f32 >= DIGIT * highest);
    // The stroke of a per cent sign is as high as a digit.
    let more = tall.len().checked_sub(digits.len())?;
    if more > text.len() - digits.len() {
        return None;
    }
    let mut mended = String::new();
    for (i, digit) in digits.chars().enumerate() {
        mended.push(digit);
        let (this, Some(next)) = (tall[i], tall[..digits.len()].get(i + 1)) else { continue };
        let (top, bottom, height) = (this.y.0 as f32, this.y.1 as f32, this.height() as f32);
        let stands_between = |spot: &&Area| {
            let middle = usize::midpoint(spot.x.0, spot.x.1);
            let is_small = (spot.height() as f32) < MARK * height && spot.y.0 as f32 > top + MARK * height;
            (this.x.1..next.x.0).contains(&middle) && is_small && spot.y.1 as f32 > bottom - BELOW * height
        };
        if let Some(mark) = small.iter().find(stands_between) {
            mended.push(if mark.y.1 as f32 > bottom + BELOW * height { ',' } else { '.' });
        }
    }
    Some(mended + &text[digits.len()..]).filter(|mended| mended != text)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two digits as bars, and between them a mark from row `top` to row `bottom`.
    fn page(top: usize, bottom: usize) -> Picture {
        let is_bar = |x: usize, y: usize| (10..30).contains(&y) && ((10..18).contains(&x) || (30..38).contains(&x));
        let is_mark = |x: usize, y: usize| (22..25).contains(&x) && (top..bottom).contains(&y);
        Picture::drawn(60, 50, |x, y| is_bar(x, y) || is_mark(x, y))
    }

    #[test]
    fn marks_that_stand_in_the_picture_are_put_back() {
        let row = |text: &str| format!("5\t1\t1\t1\t1\t1\t10\t10\t28\t20\t90.0\t{text}\n");
        let mended = |text: &str, top, bottom| put_back(&row(text), &page(top, bottom));
        assert_eq!(mended("60", 27, 34), row("6,0"));
        assert_eq!(mended("60", 27, 30), row("6.0"));
        assert_eq!(mended("60", 12, 15), row("60"), "a speck high up");
        assert_eq!(mended("600", 27, 34), row("600"), "two digits touch");
        assert_eq!(mended("6,0", 27, 34), row("6,0"));
    }
}
