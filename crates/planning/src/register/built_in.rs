//! The register that is compiled in from `data/register/`: what public reports say of five provinces and the country.

use std::sync::LazyLock;

use super::{Register, RegisterError};

macro_rules! file {
    ($name:literal) => {
        (concat!("data/register/", $name), include_str!(concat!("../../../../data/register/", $name)))
    };
}

const FILES: [(&str, &str); 6] = [
    file!("lai-chau.toml"),
    file!("tuyen-quang.toml"),
    file!("gia-lai.toml"),
    file!("lao-cai.toml"),
    file!("lang-son.toml"),
    file!("nation.toml"),
];

static REGISTERS: LazyLock<Result<Vec<Register>, RegisterError>> =
    LazyLock::new(|| FILES.iter().map(|(file, text)| Register::from_toml(file, text)).collect());

/// What five public reports say of Lai Châu, Tuyên Quang, Gia Lai, Lào Cai and Lạng Sơn, and of all clusters of the
/// country; one register each, in this order.
/// # Errors
/// [`RegisterError`] when a compiled-in file cannot be read.
pub fn built_in() -> Result<&'static [Register], RegisterError> {
    REGISTERS.as_deref().map_err(Clone::clone)
}
