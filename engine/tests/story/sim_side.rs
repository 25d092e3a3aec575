//! The simulation's side of the story.

use super::{Side, Written};
use engine::Engine;
use engine::sim::{Sim, own_templates};
use futures::executor::block_on;
use serde_json::Value;
use std::net::Ipv4Addr;

pub struct SimSide(Sim);

impl SimSide {
    pub fn new(sim: Sim) -> SimSide {
        SimSide(sim)
    }
}

impl Side for SimSide {
    fn engine(&self) -> &dyn Engine {
        &self.0
    }

    fn images(&self) -> [String; 2] {
        let image = own_templates()[0].image.clone();
        [image.clone(), image]
    }

    fn written(&self, name: &str) -> Written {
        let observed = block_on(self.0.observe(name)).unwrap().expect("it exists");
        let user_data = self.0.user_data(name);
        Written { size: observed.size, user_data, raw: Value::Null }
    }

    fn request(&self, _ip: Ipv4Addr, _path: &str) -> Option<String> {
        None
    }

    fn file(&self, _name: &str, _path: &str) -> Option<String> {
        None
    }

    fn make_foreign(&self, _name: &str) -> bool {
        false
    }

    fn exists(&self, name: &str) -> bool {
        block_on(self.0.observe(name)).unwrap().is_some()
    }

    fn stop_behind_our_back(&self, name: &str) {
        self.0.stop_behind_our_back(name).unwrap();
    }
}
