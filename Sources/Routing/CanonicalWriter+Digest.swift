package import CanonicalJSON

extension CanonicalWriter {
    /// Writes the hexadecimal digits of a digest.
    package mutating func digest(_ digest: ContentDigest) { string(plain: digest.hexOctets) }
}
