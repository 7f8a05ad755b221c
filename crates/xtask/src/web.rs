//! The web map: packages and bundle.

use crate::npm;
use crate::problem::Problem;
use crate::stamp::Stamp;
use crate::tree::Tree;

/// `npm ci` and the bundle, each only when what it is made from has changed.
pub(crate) fn build(tree: &Tree) -> Result<(), Problem> {
    let web = tree.web();
    npm::install(&web)?;
    // Kept beside the packages, not in dist: all that lies there goes into the binary. What the build itself puts
    // into public/assets is no source.
    let file = web.join("node_modules/.bundle-stamp");
    let stamp =
        Stamp::new(file, std::slice::from_ref(&web), &["node_modules", "dist", "assets"], &npm::version())?;
    if stamp.holds() && tree.has_bundle() {
        println!("The web map is built from these sources already.");
        return Ok(());
    }
    stamp.lift()?;
    npm::script(&web, "build")?;
    if !tree.has_bundle() {
        return Err(Problem::Absent {
            path: web.join("dist/index.html"),
            need: "npm run build should make it",
        });
    }
    stamp.press()
}
