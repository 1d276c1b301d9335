#if Training
    import CMPI
    import Foundation

    /// The processes that `mpirun` started, on one machine or several, by Open MPI.
    ///
    /// There is one in a process, used by one thread. Sums that have begun go on whenever the library is called, so
    /// that they overlap with computation if ``progress()`` is called between its steps.
    public final class MPICommunicator: Communicator {
        public let rank: Int
        public let size: Int
        private var requests: [MPI_Request?] = []

        /// Whether `mpirun` started this process.
        public static var isLaunched: Bool { ProcessInfo.processInfo.environment["OMPI_COMM_WORLD_SIZE"] != nil }

        /// - Throws: ``TrainingError/communication(reason:)``.
        public init() throws(TrainingError) {
            var level: Int32 = 0
            try Self.check(MPI_Init_thread(nil, nil, Int32(MPI_THREAD_FUNNELED), &level))
            try Self.check(MPI_Comm_set_errhandler(fp_mpi_world(), fp_mpi_errors_return()))
            var (rank, size): (Int32, Int32) = (0, 1)
            try Self.check(MPI_Comm_rank(fp_mpi_world(), &rank))
            try Self.check(MPI_Comm_size(fp_mpi_world(), &size))
            self.rank = Int(rank)
            self.size = Int(size)
        }

        /// Says goodbye to the other ranks; to be called when all is done, by each.
        public func finish() { MPI_Finalize() }

        public func sum(_ numbers: UnsafeMutableBufferPointer<Float>) throws(TrainingError) {
            try Self.check(
                MPI_Allreduce(
                    fp_mpi_in_place(), numbers.baseAddress, Int32(numbers.count), fp_mpi_float(), fp_mpi_sum(),
                    fp_mpi_world()))
        }

        public func beginSum(_ numbers: UnsafeMutableBufferPointer<Float>) throws(TrainingError) {
            var request: MPI_Request?
            try Self.check(
                MPI_Iallreduce(
                    fp_mpi_in_place(), numbers.baseAddress, Int32(numbers.count), fp_mpi_float(), fp_mpi_sum(),
                    fp_mpi_world(), &request))
            requests.append(request)
        }

        public func progress() throws(TrainingError) {
            // One call moves all of them on; which one it asks about doesn't matter.
            guard let last = requests.indices.last else { return }
            var isDone: Int32 = 0
            try Self.check(MPI_Test(&requests[last], &isDone, fp_mpi_no_status()))
        }

        public func finishSums() throws(TrainingError) {
            for index in requests.indices { try Self.check(MPI_Wait(&requests[index], fp_mpi_no_status())) }
            requests.removeAll(keepingCapacity: true)
        }

        public func gather(_ numbers: [Float]) throws(TrainingError) -> [Float] {
            var all = [Float](repeating: 0, count: numbers.count * size)
            try Self.check(
                MPI_Allgather(
                    numbers, Int32(numbers.count), fp_mpi_float(), &all, Int32(numbers.count), fp_mpi_float(),
                    fp_mpi_world()))
            return all
        }

        public func broadcast(_ numbers: UnsafeMutableRawBufferPointer) throws(TrainingError) {
            // A count is 32 bits.
            for start in stride(from: 0, to: numbers.count, by: 1 << 30) {
                let part = numbers[start..<min(start + (1 << 30), numbers.count)]
                try Self.check(
                    MPI_Bcast(
                        UnsafeMutableRawBufferPointer(rebasing: part).baseAddress, Int32(part.count), fp_mpi_byte(), 0,
                        fp_mpi_world()))
            }
        }

        private static func check(_ status: Int32) throws(TrainingError) {
            guard status != MPI_SUCCESS else { return }
            var text = [CChar](repeating: 0, count: Int(MPI_MAX_ERROR_STRING) + 1)
            var length: Int32 = 0
            MPI_Error_string(status, &text, &length)
            let reason = String(decoding: text.prefix(Int(length)).map(UInt8.init(bitPattern:)), as: UTF8.self)
            throw .communication(reason: reason)
        }
    }
#endif
