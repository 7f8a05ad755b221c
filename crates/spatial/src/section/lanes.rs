//! What the kernels need beyond the arithmetic of `pulp`: masks as bits, asking for memory ahead, and the choice of
//! the path that this machine runs.

use pulp::Simd;
#[cfg(target_arch = "x86_64")]
use pulp::x86::V3;

/// A vector width in which the kernels run.
pub(super) trait Lanes: Simd {
    /// The bits of a mask, the first lane lowest.
    fn bits(self, mask: Self::m64s) -> u32;
}

impl Lanes for pulp::Scalar {
    #[inline(always)]
    fn bits(self, mask: bool) -> u32 {
        u32::from(mask)
    }
}

#[cfg(target_arch = "x86_64")]
impl Lanes for V3 {
    #[inline(always)]
    fn bits(self, mask: Self::m64s) -> u32 {
        self.avx._mm256_movemask_pd(pulp::cast(mask)).cast_unsigned()
    }
}

/// The way the kernels run: four doubles at a time where the machine has AVX2 and FMA, else one by one. It is the
/// same for all of a program's life.
#[derive(Clone, Copy, Debug)]
pub(super) enum Path {
    /// One at a time.
    Scalar,
    /// Four at a time.
    #[cfg(target_arch = "x86_64")]
    Four(V3),
}

impl Path {
    /// The fastest that this machine has.
    pub(super) fn fastest() -> Self {
        #[cfg(target_arch = "x86_64")]
        if let Some(simd) = V3::try_new() {
            return Self::Four(simd);
        }
        Self::Scalar
    }
}

/// An array as vectors.
#[inline(always)]
pub(super) fn view<S: Simd>(values: &[f64]) -> &[S::f64s] {
    S::as_simd_f64s(values).0
}
