[assembly: CollectionBehavior(DisableTestParallelization = true)] // Each of these wants the whole machine.
