# Runs instruction cases inside QEMU's lx106 and writes what each left behind to the simulated console.
#
# Memory: this code and its vectors at 0x40100000; a scratch record at 0x60000000; variables at 0x60000400;
# case records (256 bytes each) from 0x61000000, result records (256 bytes each) from 0x64000000.
# The words of both records are listed in records.mjs, which has to agree with the offsets here.
#
# A case ends in an exception: around its code there are zeros, which are illegal instructions. Each vector saves all
# registers with nothing but EXCSAVE3 as a place to put a0, so nothing that a case did is lost.

        .set    WINDOW_WORDS, 16

        .macro  vector label
        wsr.excsave3 a0
        j       \label
        .endm

        .macro  save label, id
\label:
        movi    a0, 0x600
        slli    a0, a0, 20
        s32i    a1, a0, 4
        s32i    a2, a0, 8
        s32i    a3, a0, 12
        s32i    a4, a0, 16
        s32i    a5, a0, 20
        s32i    a6, a0, 24
        s32i    a7, a0, 28
        s32i    a8, a0, 32
        s32i    a9, a0, 36
        s32i    a10, a0, 40
        s32i    a11, a0, 44
        s32i    a12, a0, 48
        s32i    a13, a0, 52
        s32i    a14, a0, 56
        s32i    a15, a0, 60
        movi    a1, \id
        s32i    a1, a0, 116
        j       common
        .endm

        .macro  store_special register, offset
        rsr.\register a1
        s32i    a1, a0, \offset
        .endm

        .macro  load_special register, offset
        l32i    a1, a0, \offset
        wsr.\register a1
        .endm

        .text
        .org    0x00
        j       start
        .org    0x10
        vector  from_debug
        .org    0x20
        vector  from_nmi
        .org    0x30
        vector  from_kernel
        .org    0x50
        vector  from_user
        .org    0x70
        vector  from_double

        .org    0x100
        .align  4
cases:    .word 0x61000000
results:  .word 0x64000000
window:   .word 0x3fff0000
vectors:  .word 0x40100000
variables: .word 0x60000400

        save    from_user, 0
        save    from_kernel, 1
        save    from_double, 2
        save    from_debug, 3
        save    from_nmi, 4

common:
        rsr.excsave3 a1
        s32i    a1, a0, 0
        store_special sar, 64
        store_special ps, 68
        store_special litbase, 72
        store_special epc1, 76
        store_special epc2, 80
        store_special eps2, 84
        store_special depc, 88
        store_special exccause, 92
        store_special excvaddr, 96
        store_special excsave1, 100
        store_special excsave2, 104
        store_special intenable, 108
        store_special interrupt, 112
        store_special debugcause, 120
        movi    a1, 0
        wsr.litbase a1
        isync
        wsr.intenable a1
        movi    a1, -1
        wsr.intclear a1
        l32r    a1, vectors
        wsr.vecbase a1
        movi    a1, 0x1f
        wsr.ps  a1
        rsync
        # the window
        l32r    a2, window
        addi    a3, a0, 124
        movi    a4, WINDOW_WORDS
1:      l32i    a5, a2, 0
        s32i    a5, a3, 0
        addi    a2, a2, 4
        addi    a3, a3, 4
        addi    a4, a4, -1
        bnez    a4, 1b
        # scratch to result
        l32r    a6, variables
        l32i    a2, a6, 4
        mov     a3, a0
        movi    a4, 64
1:      l32i    a5, a3, 0
        s32i    a5, a2, 0
        addi    a2, a2, 4
        addi    a3, a3, 4
        addi    a4, a4, -1
        bnez    a4, 1b
        s32i    a2, a6, 4
        # take the case's code and patches away
        l32i    a7, a6, 0
        call0   clear
        l32i    a7, a6, 0
        addmi   a7, a7, 256
        s32i    a7, a6, 0
        l32i    a8, a6, 8
        addi    a8, a8, -1
        s32i    a8, a6, 8
        bnez    a8, next
        j       finish

        .align  4
clear:  l32i    a2, a7, 116
        movi    a3, 16
        movi    a4, 0
1:      s8i     a4, a2, 0
        addi    a2, a2, 1
        addi    a3, a3, -1
        bnez    a3, 1b
        l32i    a2, a7, 196
        beqz    a2, 1f
        s32i    a4, a2, 0
1:      ret

        .align  4
start:
        movi    a1, 0x1f
        wsr.ps  a1
        movi    a1, 0
        wsr.litbase a1
        wsr.intenable a1
        isync
        l32r    a1, vectors
        wsr.vecbase a1
        l32r    a6, variables
        l32r    a1, cases
        l32i    a8, a1, 0       # the first record holds the number of cases
        addmi   a1, a1, 256
        s32i    a1, a6, 0
        l32r    a1, results
        s32i    a1, a6, 4
        s32i    a8, a6, 8
        s32i    a8, a6, 12
next:
        l32r    a6, variables
        l32i    a0, a6, 0
        # code
        l32i    a2, a0, 116
        addi    a3, a0, 120
        movi    a4, 12
1:      l8ui    a5, a3, 0
        s8i     a5, a2, 0
        addi    a2, a2, 1
        addi    a3, a3, 1
        addi    a4, a4, -1
        bnez    a4, 1b
        # patch
        l32i    a2, a0, 196
        beqz    a2, 1f
        l32i    a3, a0, 200
        s32i    a3, a2, 0
1:      # window
        l32r    a2, window
        addmi   a3, a0, 0
        addi    a3, a3, 127
        addi    a3, a3, 5
        movi    a4, WINDOW_WORDS
1:      l32i    a5, a3, 0
        s32i    a5, a2, 0
        addi    a2, a2, 4
        addi    a3, a3, 4
        addi    a4, a4, -1
        bnez    a4, 1b
        load_special sar, 64
        load_special eps3, 68
        load_special epc1, 76
        load_special epc2, 80
        load_special eps2, 84
        load_special depc, 88
        load_special exccause, 92
        load_special excvaddr, 96
        load_special excsave1, 100
        load_special excsave2, 104
        load_special intenable, 108
        load_special epc3, 116
        load_special litbase, 72
        isync
        l32i    a1, a0, 4
        l32i    a2, a0, 8
        l32i    a3, a0, 12
        l32i    a4, a0, 16
        l32i    a5, a0, 20
        l32i    a6, a0, 24
        l32i    a7, a0, 28
        l32i    a8, a0, 32
        l32i    a9, a0, 36
        l32i    a10, a0, 40
        l32i    a11, a0, 44
        l32i    a12, a0, 48
        l32i    a13, a0, 52
        l32i    a14, a0, 56
        l32i    a15, a0, 60
        l32i    a0, a0, 0
        rfi     3

finish:
        # write(1, results, 256 * cases), in as many pieces as it takes; then exit(0)
        l32r    a12, results
        l32i    a13, a6, 12
        slli    a13, a13, 8
1:      movi    a2, 4
        movi    a3, 1
        mov     a4, a12
        mov     a5, a13
        simcall
        add     a12, a12, a2
        sub     a13, a13, a2
        bnez    a13, 1b
        movi    a2, 1
        movi    a3, 0
        simcall
