/// The CanonicalJSON room.
enum CanonicalJSONRoom {}
