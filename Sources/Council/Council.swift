/// The Council room.
enum CouncilRoom {}
