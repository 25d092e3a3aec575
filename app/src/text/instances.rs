//! Instances.

texts! {
    TITLE "Instances" "Instanzen";
}
