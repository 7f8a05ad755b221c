//! Names and identifiers. All names are made up; the numbers of the province and its communes are not in use.

/// Code of the province.
pub(crate) const PROVINCE_CODE: &str = "99";
/// Name of the province.
pub(crate) const PROVINCE: &str = "Tỉnh Mẫu";

/// Name of the province beside, of which the layer of communes holds one.
pub(crate) const FOREIGN_PROVINCE: &str = "Tỉnh Bên";

const COMMUNES: [&str; 40] = [
    "Mẫu Khê",
    "Đồi Chè",
    "Bãi Sậy",
    "Nà Mây",
    "Khe Lim",
    "Suối Vàng",
    "Gò Sim",
    "Bến Tranh",
    "Đồng Sen",
    "Mẫu Lĩnh",
    "Cầu Gạo",
    "Núi Bông",
    "Nà Lau",
    "Ao Sấu",
    "Đồng Muối",
    "Mẫu Giang",
    "Hang Gió",
    "Bờ Tre",
    "Khe Sậy",
    "Đèo Nứa",
    "Ruộng Bậc",
    "Mẫu Thạch",
    "Lũng Hoa",
    "Bãi Cói",
    "Giếng Đá",
    "Đồi Cọ",
    "Nà Hoa",
    "Mẫu Lộc",
    "Đồng Chiêm",
    "Vực Xanh",
    "Lò Chum",
    "Mẫu Hải",
    "Bản Sim",
    "Thung Mơ",
    "Đầm Súng",
    "Gò Sành",
    "Mẫu Phong",
    "Khe Giang",
    "Suối Trắng",
    "Vườn Trám",
];

/// Code of a commune.
pub(crate) fn commune_code(commune: u32) -> String {
    format!("{PROVINCE_CODE}{:03}", commune + 1)
}

/// Name of a commune without its rank.
pub(crate) fn commune_name(commune: u32) -> &'static str {
    COMMUNES[commune as usize % COMMUNES.len()]
}

/// Name of a commune with its rank: those with a town are wards.
pub(crate) fn commune_label(commune: u32, is_ward: bool) -> String {
    format!("{} {}", if is_ward { "Phường" } else { "Xã" }, commune_name(commune))
}

/// Feature id of a parcel of the newest plan.
pub(crate) fn plan_id(parcel: u32) -> String {
    format!("P{:04}", parcel + 1)
}

/// Feature id of a parcel of the plan before.
pub(crate) fn older_id(parcel: u32) -> String {
    format!("Q{:04}", parcel + 1)
}

/// Feature id of a parcel of present land use.
pub(crate) fn today_id(parcel: u32) -> String {
    format!("H{:04}", parcel + 1)
}
