//! Templates.

use domain::{
    TemplateId, Timestamp,
    template::{BootMode, Visibility},
};

wire! {
    pub struct Templates {
        pub templates: Vec<Template>,
    }

    /// What an instance's disk is made from.
    pub struct Template {
        pub id: TemplateId,
        pub name: String,
        pub description: Option<String>,
        pub family: Option<String>,
        pub version: Option<String>,
        pub build: Option<String>,
        pub maintainer: Option<String>,
        /// Least size of a disk made from it, in bytes.
        pub size: i64,
        pub default_user: Option<String>,
        pub boot_mode: BootMode,
        pub visibility: Visibility,
        pub ssh_key_enabled: bool,
        pub password_enabled: bool,
        pub application_consistent_snapshot_enabled: bool,
        pub checksum: Option<String>,
        pub zones: Vec<String>,
        pub created_at: Timestamp,
    }

    #[derive(Default)]
    pub struct ListTemplates {
        /// `public` (the default) or `private`.
        pub visibility: Option<Visibility>,
        pub family: Option<String>,
        pub zone: Option<String>,
        /// Part of the name, the family or the version, or the beginning of the id.
        pub q: Option<String>,
    }

    #[derive(Default)]
    pub struct UpdateTemplate {
        /// 1–255 characters.
        pub name: Option<String>,
        /// At most 255 characters.
        pub description: Option<String>,
    }
}
