/// The Documents room.
enum DocumentsRoom {}
