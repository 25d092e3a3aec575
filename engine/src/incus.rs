//! Incus: a thin client of its REST API.
