//! What a collection is: from what the person gives, what the file says of itself, and what it looks like.

use planning::{CollectionInfo, Role, Text, Visibility, parcel_codes, search_key};

use super::guess::guess;
use super::{ImportRequest, RoleChoice, RoleSource, file_name};
use crate::{Document, FoundLayer, ProjectError, internal_codes};

/// Name of the member in which a file says what it is.
const MEMBER: &str = "ranh";
/// Longest id that a store takes.
const MAX_ID: usize = 60;

/// A collection described.
pub(super) struct Described {
    pub(super) info: CollectionInfo,
    pub(super) role_source: RoleSource,
    /// Where the given and the file disagree.
    pub(super) remarks: Vec<Text>,
}

/// Describes the collection that files will be. What the first file says of itself counts for all.
pub(super) fn describe(
    documents: &[Document],
    request: &ImportRequest<'_>,
) -> Result<Described, ProjectError> {
    let first = documents.first().ok_or(ProjectError::NoFile)?;
    let mut remarks = Vec::new();
    let said = said(first, request.role, &mut remarks)?;
    let (mut info, role_source) = match (said, request.role) {
        (Some(info), RoleChoice::Auto) => (info, RoleSource::File),
        (Some(info), RoleChoice::Given(role)) => {
            if info.role != role {
                let (own, given) = (word(info.role), word(role));
                remarks.push(Text {
                    vi: format!("tệp tự khai vai trò {own}; đã dùng {given} như được chọn"),
                    en: format!("the file says that its role is {own}; {given} was given"),
                });
            }
            (CollectionInfo { role, ..info }, RoleSource::Given)
        }
        (None, RoleChoice::Given(role)) => (plain(first, role, None)?, RoleSource::Given),
        (None, RoleChoice::Auto) => {
            let found =
                guess(documents).map_err(|reason| ProjectError::Role { path: first.path.clone(), reason })?;
            (plain(first, found.role, found.level)?, RoleSource::Guessed(found.reason))
        }
    };
    if let Some(id) = &request.collection {
        if info.id != *id && matches!(role_source, RoleSource::File) {
            remarks.push(Text {
                vi: format!("tệp tự gọi mình là {}; đã dùng {id} như được chọn", info.id),
                en: format!("the file calls itself {}; {id} was given", info.id),
            });
        }
        info.id.clone_from(id);
    }
    if let Some(title) = &request.title {
        info.title.clone_from(title);
    }
    if let (Some(given), Some(own)) = (&request.crs, &first.header.crs)
        && !given.same_coordinates(own)
    {
        let (own, given) = (own.name(), given.name());
        remarks.push(Text {
            vi: format!("tệp tự khai hệ tọa độ {own}; đã dùng {given} như được chọn"),
            en: format!("the file says that its CRS is {own}; {given} was given"),
        });
    }
    info.crs_assumed =
        documents.iter().any(|document| document.crs_assumed) || (info.crs_assumed && request.crs.is_none());
    if let Some(assumed) = documents.iter().find(|document| document.crs_assumed) {
        let crs = assumed.layer.crs.name();
        remarks.push(Text {
            vi: format!("tệp không khai hệ tọa độ: đã coi là {crs}; nếu sai, hãy chọn đúng hệ rồi nhập lại"),
            en: format!("the file names no CRS: {crs} was assumed; name the right one and import it again"),
        });
    }
    info.visibility = visibility(&info, documents, request, &mut remarks)?;
    Ok(Described { info, role_source, remarks })
}

/// What a collection would be if nothing were given; where it cannot be told, what its name tells.
pub(crate) fn foreseen(document: &Document) -> FoundLayer {
    let layer = FoundLayer { name: document.header.name.clone(), ..FoundLayer::default() };
    match describe(std::slice::from_ref(document), &ImportRequest::default()) {
        Ok(Described { info, role_source, .. }) => FoundLayer {
            collection: Some(info.id),
            title: Some(info.title),
            role: Some(info.role),
            role_reason: match role_source {
                RoleSource::Guessed(reason) => Some(reason),
                RoleSource::Given | RoleSource::File => None,
            },
            ..layer
        },
        Err(_) => {
            let stem = document.path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let title = layer.name.clone().unwrap_or_else(|| stem.clone());
            FoundLayer { collection: slug(&stem), title: Some(Text::same(title)), ..layer }
        }
    }
}

/// Who may see it: as given, else as the file says, else everybody, unless all of it is land that only the staff sees.
fn visibility(
    info: &CollectionInfo,
    documents: &[Document],
    request: &ImportRequest<'_>,
    remarks: &mut Vec<Text>,
) -> Result<Visibility, ProjectError> {
    let member = documents.first().and_then(|first| first.header.foreign.get(MEMBER));
    let said = member.is_some_and(|member| member.get("visibility").is_some());
    if let Some(given) = request.visibility {
        if said && given != info.visibility {
            remarks.push(Text {
                vi: "tệp tự khai khác về người được xem; đã dùng như được chọn".to_owned(),
                en: "the file says otherwise who may see it; what was given holds".to_owned(),
            });
        }
        return Ok(given);
    }
    if !said && all_internal(info.role, documents)? {
        remarks.push(Text {
            vi: "toàn bộ là đất quốc phòng, an ninh: chỉ cán bộ được xem".to_owned(),
            en: "all of it is defence or security land: only the staff may see it".to_owned(),
        });
        return Ok(Visibility::Internal);
    }
    Ok(info.visibility)
}

/// Whether every parcel of a collection of land use has a code that is shown to nobody but the staff.
fn all_internal(role: Role, documents: &[Document]) -> Result<bool, ProjectError> {
    if !matches!(role, Role::LandUse | Role::LandUsePlan) {
        return Ok(false);
    }
    let internal = internal_codes()?;
    let hides = |codes: Vec<String>| codes.iter().any(|code| internal.contains(code));
    let mut features = documents.iter().flat_map(|document| &document.layer.features).peekable();
    Ok(features.peek().is_some() && features.all(|feature| hides(parcel_codes(feature, role))))
}

/// What a file says of itself. Where the role is given, a member that cannot be used is only remarked on.
fn said(
    document: &Document,
    role: RoleChoice,
    remarks: &mut Vec<Text>,
) -> Result<Option<CollectionInfo>, ProjectError> {
    let Some(member) = document.header.foreign.get(MEMBER) else { return Ok(None) };
    match (serde_json::from_value(member.clone()), role) {
        (Ok(info), _) => Ok(Some(info)),
        (Err(error), RoleChoice::Auto) => {
            Err(ProjectError::SelfDescription { path: document.path.clone(), reason: error.to_string() })
        }
        (Err(error), RoleChoice::Given(_)) => {
            remarks.push(Text {
                vi: format!("phần “{MEMBER}” của tệp không dùng được: {error}"),
                en: format!("the member \"{MEMBER}\" of the file was not used: {error}"),
            });
            Ok(None)
        }
    }
}

/// What is known of a file that says nothing of itself.
fn plain(document: &Document, role: Role, level: Option<String>) -> Result<CollectionInfo, ProjectError> {
    let stem = document.path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let id = slug(&stem).ok_or_else(|| ProjectError::CollectionName { path: document.path.clone() })?;
    let title = Text::same(document.header.name.clone().unwrap_or(stem));
    Ok(CollectionInfo {
        source: Text::same(file_name(&document.path)),
        level,
        ..CollectionInfo::new(id, role, title)
    })
}

/// `Quy hoạch SDĐ 2030` → `quy-hoach-sdd-2030`; none where nothing is left.
pub(crate) fn slug(name: &str) -> Option<String> {
    let plain: String =
        search_key(name).chars().map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' }).collect();
    let mut id = plain.split_whitespace().collect::<Vec<_>>().join("-");
    id.truncate(MAX_ID);
    Some(id.trim_end_matches('-').to_owned()).filter(|id| !id.is_empty())
}

/// The word of a role in files.
pub(super) fn word(role: Role) -> &'static str {
    match role {
        Role::Zone => "zone",
        Role::LandUsePlan => "land_use_plan",
        Role::LandUse => "land_use",
        Role::Admin => "admin",
        Role::Constraint => "constraint",
    }
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn ids_are_made_of_vietnamese_names() {
        let made = |name: &str| slug(name).unwrap_or_default();
        assert_eq!(made("Quy hoạch SDĐ 2021–2030 (đã duyệt)"), "quy-hoach-sdd-2021-2030-da-duyet");
        assert_eq!(made("communes-20-lang-son"), "communes-20-lang-son");
        assert_eq!(slug("…"), None);
        assert_eq!(made(&"a ".repeat(80)).len(), 59);
    }
}
