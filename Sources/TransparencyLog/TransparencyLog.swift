/// The TransparencyLog room.
enum TransparencyLogRoom {}
