//! Lists that are written to files.

use super::InstanceFilter;
use domain::{
    ListExportId, Timestamp,
    list::{ExportFormat, List},
};

wire! {
    #[serde(deny_unknown_fields)]
    pub struct CreateListExport {
        pub list: List,
        pub format: ExportFormat,
        /// Which of them; default: all. At most 100,000 rows are written.
        pub filter: Option<InstanceFilter>,
        /// As in the list: `name`, `-created-at`.
        pub sort: Option<String>,
        /// The columns of a CSV file, as the list names them; the id always comes first. Default: all.
        pub columns: Option<Vec<String>>,
    }

    #[derive(Eq)]
    pub struct ListExport {
        pub id: ListExportId,
        pub list: List,
        pub format: ExportFormat,
        pub created_at: Timestamp,
        /// Rows of the file, once it is written.
        pub rows: Option<i64>,
        /// Bytes of the file, once it is written.
        pub size: Option<i64>,
        /// Until when it can be downloaded.
        pub expires_at: Option<Timestamp>,
        /// Where it can be downloaded by whoever has the address; absent when its time is over.
        pub url: Option<String>,
        /// Why it could not be written.
        pub reason: Option<String>,
    }
}
