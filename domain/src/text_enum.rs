//! Enums that are texts on the wire and in the database, written down once.

/// Declares an enum with `ALL`, `as_str`, `Display`, `FromStr` and serde, all from one list.
macro_rules! text_enum {
    ($(#[$doc:meta])* pub enum $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub enum $name {
            $($(#[$vdoc])* #[cfg_attr(feature = "schema", schemars(rename = $text))] $variant),*
        }

        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$variant),*];

            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text),* }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = String;
            fn from_str(text: &str) -> Result<Self, String> {
                $name::ALL.iter().copied().find(|v| v.as_str() == text).ok_or_else(|| {
                    let possible: Vec<_> = $name::ALL.iter().map(|v| v.as_str()).collect();
                    format!("{text:?} is not one of {}", possible.join(", "))
                })
            }
        }

        // By hand, because what is derived is a parser of its own for each enum, and all of them are
        // in the portal's download.
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

#[cfg(test)]
mod tests {
    text_enum! {
        pub enum Light {
            Red = "red",
            DeepBlue = "deep-blue",
        }
    }

    #[test]
    fn what_is_written_is_read_and_what_is_not_there_says_what_is() {
        for light in Light::ALL {
            let json = serde_json::to_string(light).unwrap();
            assert_eq!(json, format!("\"{light}\""));
            assert_eq!(serde_json::from_str::<Light>(&json).unwrap(), *light);
        }
        let wrong = serde_json::from_str::<Light>("\"green\"").unwrap_err().to_string();
        assert!(wrong.starts_with("\"green\" is not one of red, deep-blue"), "{wrong}");
        assert!(serde_json::from_str::<Light>("7").is_err());
    }
}
