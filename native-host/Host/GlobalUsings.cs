// "Lock" is a message of the protocol; what threads take turns at is a gate.
global using Gate = System.Threading.Lock;
