//! The columns of a list as lines of a form: in their order, each shown or not.

use api::{
    decode, encode,
    forms::{Fields, RESHAPE},
};
use domain::list::{List, chosen};

/// Fields of the columns that are shown, as the operation has them.
pub const SHOWN: &str = "columns[]";
/// Fields of all columns: only so is the order of those known that are not shown.
pub const ORDER: &str = "_order";
/// A change: the list's usual columns. The others are `up` and `down` with a column's name.
pub const RESET: &str = "reset";

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub name: &'static str,
    pub shown: bool,
}

/// All columns of a list. The first one stays where it is, and shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lines(pub Vec<Line>);

impl Lines {
    /// The chosen columns, then the others; all of them where none were chosen, or wrong ones.
    pub fn of(list: List, columns: Option<&str>) -> Lines {
        let all = list.columns();
        let places = columns.and_then(|columns| chosen(columns, &all).ok());
        let places = places.unwrap_or_else(|| (0..all.len()).collect());
        let shown = places.iter().map(|place| Line { name: all[*place], shown: true });
        let others = (0..all.len()).filter(|place| !places.contains(place));
        let hidden = others.map(|place| Line { name: all[place], shown: false });
        Lines(shown.chain(hidden).collect())
    }

    /// As they were in a form that is shown again, with the change that was asked for.
    pub fn again(list: List, fields: &Fields) -> Lines {
        let given = |name: &'static str| fields.iter().filter(move |(field, _)| field == name);
        let order: Vec<_> = given(ORDER).map(|(_, column)| column.as_str()).collect();
        let mut lines = Lines::of(list, Some(&order.join(",")));
        for line in &mut lines.0 {
            line.shown = given(SHOWN).any(|(_, column)| column == line.name);
        }
        for (_, change) in given(RESHAPE) {
            lines.reshape(list, change);
        }
        lines
    }

    /// Does what a button says.
    pub fn reshape(&mut self, list: List, change: &str) {
        let (what, name) = change.split_once(' ').unwrap_or((change, ""));
        let place = self.place(name);
        match what {
            RESET => *self = Lines::of(list, None),
            "up" if place > 1 => self.0.swap(place, place - 1),
            "down" if place > 0 && place + 1 < self.0.len() => self.0.swap(place, place + 1),
            _ => {}
        }
    }

    pub fn show(&mut self, name: &str, shown: bool) {
        for line in self.0.iter_mut().filter(|line| line.name == name) {
            line.shown = shown;
        }
    }

    /// Where a column stands; 0 for what is none.
    pub fn place(&self, name: &str) -> usize {
        self.0.iter().position(|line| line.name == name).unwrap_or_default()
    }

    /// What a list is asked, and these columns with it.
    pub fn added_to(&self, query: &str) -> String {
        let shown: Vec<_> = self.0.iter().filter(|line| line.shown).map(|line| line.name).collect();
        let columns = format!("cols={}", encode(&shown.join(",")));
        if query.is_empty() { columns } else { format!("{columns}&{query}") }
    }
}

/// What a list is asked besides its columns, and the columns.
pub fn without_columns(query: &str) -> (String, Option<String>) {
    let is_columns = |pair: &&str| pair.starts_with("cols=");
    let columns = query.split('&').find(is_columns).and_then(|pair| decode(&pair["cols=".len()..]));
    let rest: Vec<_> = query.split('&').filter(|pair| !is_columns(pair)).collect();
    (rest.join("&"), columns)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(lines: &Lines) -> String {
        lines.added_to("").replace("%2C", ",").replace("cols=", "")
    }

    #[test]
    fn columns_move_between_the_name_and_the_end() {
        let mut lines = Lines::of(List::Instances, Some("name,zone,state"));
        lines.reshape(List::Instances, "up state");
        assert_eq!(shown(&lines), "name,state,zone");
        for change in ["up state", "up name", "down name", "down per-month", "sideways zone", ""] {
            lines.reshape(List::Instances, change);
        }
        assert_eq!(shown(&lines), "name,state,zone");
        lines.show("labels", true);
        assert_eq!(shown(&lines), "name,state,zone,labels");
        lines.reshape(List::Instances, RESET);
        assert_eq!(lines, Lines::of(List::Instances, None));
    }

    #[test]
    fn a_form_that_comes_again_keeps_what_was_chosen() {
        let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let mut fields: Fields =
            List::Instances.columns().iter().map(|c| field(ORDER, c)).collect();
        fields.extend([field(SHOWN, "name"), field(SHOWN, "labels"), field(RESHAPE, "up labels")]);
        let lines = Lines::again(List::Instances, &fields);
        assert_eq!(shown(&lines), "name,labels");
        assert_eq!(lines.place("labels"), 4);
        // Whatever is sent, there is a form to go on with.
        assert_eq!(Lines::again(List::Instances, &vec![field(ORDER, "x")]).0.len(), 9);
    }

    #[test]
    fn columns_are_taken_out_of_a_question() {
        let query = "cols=name%2Czone&sort=name&state=running";
        let expected = ("sort=name&state=running".to_owned(), Some("name,zone".to_owned()));
        assert_eq!(without_columns(query), expected);
        assert_eq!(without_columns(""), (String::new(), None));
    }
}
