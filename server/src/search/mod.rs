//! `search-resources`: anything by its name, id, address or label. Each kind is found by whoever may
//! list it.

mod can;
mod instances;
mod others;

use crate::{
    error::{Error, Result},
    view::View,
};
use api::{SearchHit, SearchResources, SearchResults};
use domain::{
    name,
    search::{HITS_MAX, Needle, SearchKind, TEXT_CHARACTERS_MAX},
};

/// What everything is looked for with.
struct Search<'a> {
    view: &'a View,
    needle: Needle,
    /// Of each kind: one more than is shown, to know whether there is more.
    most: i64,
}

/// `search-resources`
pub async fn search(view: &View, input: SearchResources) -> Result<SearchResults> {
    let limit = input.limit.unwrap_or(HITS_MAX);
    if !(1..=HITS_MAX).contains(&limit) {
        return Err(Error::field("limit", format!("must be 1 to {HITS_MAX}")));
    }
    let q = input.q.unwrap_or_default();
    name::check_text(&q, TEXT_CHARACTERS_MAX).map_err(|e| Error::field("q", e))?;
    let Some(needle) = Needle::new(&q) else {
        return Ok(SearchResults { q, hits: Vec::new(), more: false });
    };
    let search = Search { view, needle, most: limit + 1 };
    let mut hits = Vec::new();
    for kind in SearchKind::ALL {
        if view.may(listing(*kind), &[]).await? {
            hits.extend(search.of(*kind).await?);
        }
    }
    hits.sort_by(|a, b| {
        let key = |hit: &SearchHit| (hit.fit, hit.kind, hit.name.to_lowercase());
        key(a).cmp(&key(b)).then_with(|| a.id.cmp(&b.id))
    });
    let more = hits.len() as i64 > limit;
    hits.truncate(limit as usize);
    for hit in &mut hits {
        can::as_far_as_allowed(view, hit).await?;
    }
    Ok(SearchResults { q, hits, more })
}

/// The operation whose permission decides whether a kind is found.
fn listing(kind: SearchKind) -> &'static str {
    match kind {
        SearchKind::Instance => "list-instances",
        SearchKind::Template => "list-templates",
        SearchKind::Snapshot => "list-snapshots",
        SearchKind::SavedView => "list-saved-views",
        SearchKind::SshKey => "list-ssh-keys",
        SearchKind::ApiKey => "list-api-keys",
        SearchKind::Operation => "list-operations",
        SearchKind::BulkAction => "list-bulk-actions",
        SearchKind::Organization => "get-organization",
    }
}

impl Search<'_> {
    async fn of(&self, kind: SearchKind) -> Result<Vec<SearchHit>> {
        match kind {
            SearchKind::Instance => instances::find(self).await,
            SearchKind::Organization => Ok(self.organization()?.into_iter().collect()),
            other => others::find(self, other).await,
        }
    }

    fn organization(&self) -> Result<Option<SearchHit>> {
        let principal = self.view.principal()?;
        let (id, name) = (principal.org.to_string(), principal.org_name.clone());
        let fits = self.needle.ids().is_some_and(|(least, most)| (least..=most).contains(&&*id))
            || name.to_lowercase().contains(self.needle.text());
        Ok(fits.then(|| self.hit(SearchKind::Organization, id, name)))
    }

    /// A find of which no more is known yet.
    fn hit(&self, kind: SearchKind, id: String, name: String) -> SearchHit {
        let fit = self.needle.fit(&id, &name, &[]);
        SearchHit {
            kind,
            id,
            name,
            zone: None,
            detail: None,
            state: None,
            fit,
            can: Vec::new(),
            instance: None,
            list: None,
            query: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_found_by_who_may_list_it() {
        for kind in SearchKind::ALL {
            assert!(api::find(listing(*kind)).is_some(), "{kind}");
        }
    }
}
